-- One event's health, live.
create or replace function ticketing.get_event_health(event_id uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce((
    select jsonb_build_object('outcome', 'found', 'health', jsonb_build_object(
      'eventId', h.event_id, 'status', h.status, 'score', h.score, 'parts', h.parts))
    from ticketing.event_health h
    where h.event_id = get_event_health.event_id
  ), jsonb_build_object('outcome', 'not_found'))
$$;

revoke execute on function ticketing.get_event_health from public;
grant execute on function ticketing.get_event_health to venuekit_app;
