create or replace function ticketing.get_event(event_id uuid, venue_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  if not exists (
    select from ticketing.events e where e.event_id = get_event.event_id and e.venue_id = get_event.venue_id
  ) then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  return jsonb_build_object(
    'outcome', 'found', 'event', ticketing.event_json(get_event.event_id, venuekit.clock(), false));
end
$$;

revoke execute on function ticketing.get_event from public;
grant execute on function ticketing.get_event to venuekit_app;
