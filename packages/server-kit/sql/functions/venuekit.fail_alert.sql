-- The sink did not take it: again after 30 s, doubling up to a quarter of an hour, for ever; not before `wait_seconds`.
-- Where the sink is down the same holds for all that is owed to it, and what this worker still has of it goes back.
-- Durable.
create or replace function venuekit.fail_alert(
  sink text, fingerprint text, worker text, error text, is_down boolean, wait_seconds integer
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  asked_to_wait timestamptz := moment + coalesce(fail_alert.wait_seconds, 0) * interval '1 second';
begin
  perform venuekit.commit_durably();
  update venuekit.alert_deliveries d
  set leased_by = null, leased_until = null, last_error = left(fail_alert.error, 2000),
    due_at = greatest(asked_to_wait, moment + least(30 * 2 ^ least(d.tries - 1, 10), 900) * interval '1 second')
  where d.sink = fail_alert.sink and d.fingerprint = fail_alert.fingerprint and d.leased_by = fail_alert.worker;
  if not found then
    return jsonb_build_object('outcome', 'lost');
  end if;
  if fail_alert.is_down then
    update venuekit.alert_deliveries d set leased_by = null, leased_until = null, tries = d.tries - 1
    where d.sink = fail_alert.sink and d.leased_by = fail_alert.worker and d.owed;
    update venuekit.alert_sinks s
    set failures = s.failures + 1, failing_since = coalesce(s.failing_since, moment), last_error = left(fail_alert.error, 2000),
      retry_at = greatest(asked_to_wait, moment + least(30 * 2 ^ least(s.failures, 10), 900) * interval '1 second')
    where s.sink = fail_alert.sink and (s.retry_at is null or s.retry_at <= moment);
  end if;
  return jsonb_build_object('outcome', 'waiting');
end
$$;

revoke execute on function venuekit.fail_alert from public;
grant execute on function venuekit.fail_alert to venuekit_app;
