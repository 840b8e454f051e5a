-- Everything that is wrong with one event, and what was looked at and skipped.
create or replace function ticketing.audit_event(event_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  shown ticketing.events;
begin
  select e.* into shown from ticketing.events e where e.event_id = audit_event.event_id;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  return jsonb_build_object('outcome', 'audited') || ticketing.audited_event_json(
    shown.event_id, shown.name, array(select f from ticketing.event_findings(shown.event_id) as f));
end
$$;

revoke execute on function ticketing.audit_event from public;
grant execute on function ticketing.audit_event to venuekit_app;
