-- What the alert told of is no longer so. Durable.
create or replace function venuekit.resolve_alert(fingerprint text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  update venuekit.alerts a set resolved_at = moment
  where a.fingerprint = resolve_alert.fingerprint and a.resolved_at is null;
  return jsonb_build_object('resolved', found);
end
$$;

revoke execute on function venuekit.resolve_alert from public;
grant execute on function venuekit.resolve_alert to venuekit_app;
