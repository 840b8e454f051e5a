-- The platform's health: every event's, and what belongs to none.
create or replace function ticketing.get_health() returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('score', h.score, 'parts', h.parts) from ticketing.platform_health h
$$;

revoke execute on function ticketing.get_health from public;
grant execute on function ticketing.get_health to venuekit_app;
