-- Lets go of a message that cannot be sent, by a named person, who has seen to it that it is not needed: an address that
-- does not exist. Nobody is told of it any more. What was sent stays. Durable.
create or replace function venuekit.dismiss_message(message_id uuid, actor text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
begin
  perform venuekit.commit_durably();
  -- What a mail server said of it may hold the address.
  update venuekit.outbox m
  set status = 'dismissed', dismissed_by = dismiss_message.actor, leased_by = null, leased_until = null, last_error = null
  where m.message_id = dismiss_message.message_id and m.status in ('dead', 'waiting');
  return jsonb_build_object('outcome', case when found then 'dismissed' else 'unchanged' end);
end
$$;

revoke execute on function venuekit.dismiss_message from public;
grant execute on function venuekit.dismiss_message to venuekit_app;
