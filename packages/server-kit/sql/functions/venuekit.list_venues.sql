create or replace function venuekit.list_venues() returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('venues', coalesce(
    jsonb_agg(jsonb_build_object('id', v.venue_id, 'name', v.name) order by v.created_at, v.venue_id), '[]'))
  from venuekit.venues v
$$;

revoke execute on function venuekit.list_venues from public;
grant execute on function venuekit.list_venues to venuekit_app;
