-- Puts a message back in line, due now and with all its tries: one that was given up, waits or was dismissed. One that is
-- on its way at this moment, or was sent, stays as it is: nobody gets a mail twice by this. Durable.
create or replace function venuekit.replay_message(message_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  update venuekit.outbox m
  set status = 'waiting', tries = 0, due_at = moment, leased_by = null, leased_until = null, dismissed_by = null
  where m.message_id = replay_message.message_id and m.status <> 'sent'
    and (m.leased_until is null or m.leased_until <= moment);
  return jsonb_build_object('outcome', case when found then 'waiting' else 'unchanged' end);
end
$$;

revoke execute on function venuekit.replay_message from public;
grant execute on function venuekit.replay_message to venuekit_app;
