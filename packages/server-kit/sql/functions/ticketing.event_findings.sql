-- The whole audit of one event, live.
create or replace function ticketing.event_findings(event_id uuid) returns setof ticketing.finding
language sql stable security definer set search_path = ''
as $$
  select * from ticketing.findings_of_events(array[event_findings.event_id])
$$;

revoke execute on function ticketing.event_findings from public;
grant execute on function ticketing.event_findings to venuekit_ops;
