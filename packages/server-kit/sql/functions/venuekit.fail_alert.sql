-- The sink did not take it: again after 30 s, doubling up to a quarter of an hour, for ever. Durable.
create or replace function venuekit.fail_alert(fingerprint text, worker text, error text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  update venuekit.alerts a
  set leased_by = null, leased_until = null, last_error = left(fail_alert.error, 2000),
    due_at = moment + least(30 * 2 ^ least(a.tries - 1, 10), 900) * interval '1 second'
  where a.fingerprint = fail_alert.fingerprint and a.leased_by = fail_alert.worker and a.sent_at is null;
  return jsonb_build_object('outcome', case when found then 'waiting' else 'lost' end);
end
$$;

revoke execute on function venuekit.fail_alert from public;
grant execute on function venuekit.fail_alert to venuekit_app;
