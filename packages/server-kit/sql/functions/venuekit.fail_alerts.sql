-- The sink did not take a message, of the alerts with these fingerprints: again after 30 s, doubling up to a quarter of
-- an hour, for ever; not before `wait_seconds`.
-- Where the sink is down the same holds for all that is owed to it, and what this worker still has of it goes back.
-- Durable.
create or replace function venuekit.fail_alerts(
  sink text, fingerprints jsonb, worker text, error text, is_down boolean, wait_seconds integer
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  asked_to_wait timestamptz := moment + coalesce(fail_alerts.wait_seconds, 0) * interval '1 second';
begin
  perform venuekit.commit_durably();
  update venuekit.alert_deliveries d
  set leased_by = null, leased_until = null, last_error = left(fail_alerts.error, 2000),
    due_at = greatest(asked_to_wait, moment + least(30 * 2 ^ least(d.tries - 1, 10), 900) * interval '1 second')
  where d.sink = fail_alerts.sink and fail_alerts.fingerprints ? d.fingerprint and d.leased_by = fail_alerts.worker;
  if not found then
    return jsonb_build_object('outcome', 'lost');
  end if;
  if fail_alerts.is_down then
    update venuekit.alert_deliveries d set leased_by = null, leased_until = null, tries = d.tries - 1
    where d.sink = fail_alerts.sink and d.leased_by = fail_alerts.worker and d.owed;
    update venuekit.alert_sinks s
    set failures = s.failures + 1, failing_since = coalesce(s.failing_since, moment), last_error = left(fail_alerts.error, 2000),
      retry_at = greatest(asked_to_wait, moment + least(30 * 2 ^ least(s.failures, 10), 900) * interval '1 second')
    where s.sink = fail_alerts.sink and (s.retry_at is null or s.retry_at <= moment);
  end if;
  return jsonb_build_object('outcome', 'waiting');
end
$$;

revoke execute on function venuekit.fail_alerts from public;
grant execute on function venuekit.fail_alerts to venuekit_app;
