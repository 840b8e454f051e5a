-- Which release made this schema: the newest migration's number, and the version whose functions were applied last.
create or replace function venuekit.read_schema() returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'migration', coalesce((select max(m.number) from venuekit.migrations m), 0),
    'release', (select r.version from venuekit.release r))
$$;

revoke execute on function venuekit.read_schema from public;
grant execute on function venuekit.read_schema to venuekit_app;
