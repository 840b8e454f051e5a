-- What is wrong beside any event, and when it looked.
create or replace function venuekit.audit_inbox() returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('lookedAt', venuekit.iso(venuekit.clock()), 'findings', coalesce(jsonb_agg(ticketing.finding_json(f)), '[]'))
  from venuekit.inbox_findings() as f
$$;

revoke execute on function venuekit.audit_inbox from public;
grant execute on function venuekit.audit_inbox to venuekit_app;
