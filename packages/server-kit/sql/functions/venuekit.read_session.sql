-- What a session of the operations page is judged by: the time, and whether somebody logged out of it.
create or replace function venuekit.read_session(session_id uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'now', venuekit.iso(venuekit.clock()),
    'ended', exists (select from venuekit.ended_sessions s where s.session_id = read_session.session_id))
$$;

revoke execute on function venuekit.read_session from public;
grant execute on function venuekit.read_session to venuekit_app;
