-- Ends a session of the operations page before its time, and forgets those whose time has come. Durable.
create or replace function venuekit.end_session(session_id uuid, ends_at timestamptz) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  delete from venuekit.ended_sessions s where s.ends_at < moment - interval '1 day';
  insert into venuekit.ended_sessions (session_id, ends_at)
  values (end_session.session_id, end_session.ends_at)
  on conflict do nothing;
  return jsonb_build_object('outcome', 'ended');
end
$$;

revoke execute on function venuekit.end_session from public;
grant execute on function venuekit.end_session to venuekit_app;
