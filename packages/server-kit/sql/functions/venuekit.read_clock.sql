create or replace function venuekit.read_clock() returns jsonb
language sql volatile security definer set search_path = ''
as $$
  select jsonb_build_object('now', venuekit.iso(venuekit.clock()))
$$;

revoke execute on function venuekit.read_clock from public;
grant execute on function venuekit.read_clock to venuekit_app;
