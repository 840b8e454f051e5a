-- What the alert told of is no longer so. Durable.
create or replace function venuekit.resolve_alert(fingerprint text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  return jsonb_build_object(
    'resolved', venuekit.close_alerts(array[resolve_alert.fingerprint], null, moment) > 0);
end
$$;

revoke execute on function venuekit.resolve_alert from public;
grant execute on function venuekit.resolve_alert to venuekit_app;
