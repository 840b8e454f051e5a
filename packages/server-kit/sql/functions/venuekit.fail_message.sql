-- Sets the next try: 30 s, doubling up to an hour, dead after 30 tries (about a day).
create or replace function venuekit.fail_message(message_id uuid, worker text, error text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  result text;
begin
  perform venuekit.commit_durably();
  update venuekit.outbox m
  set status = case when m.tries >= 30 then 'dead' else 'waiting' end, leased_until = null, leased_by = null,
    last_error = left(fail_message.error, 2000),
    due_at = moment + least(30 * 2 ^ (m.tries - 1), 3600) * interval '1 second'
  where m.message_id = fail_message.message_id and m.leased_by = fail_message.worker and m.status = 'waiting'
  returning m.status into result;
  return jsonb_build_object('status', coalesce(result, 'lost'));
end
$$;

revoke execute on function venuekit.fail_message from public;
grant execute on function venuekit.fail_message to venuekit_app;
