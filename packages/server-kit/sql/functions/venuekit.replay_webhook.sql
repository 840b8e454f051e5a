-- Puts an event back in line, one that was given up or one that was done: working on it again is harmless. Durable.
create or replace function venuekit.replay_webhook(account text, gateway_event_id text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  update venuekit.webhooks w
  set status = 'pending', tries = 0, next_try_at = moment, finished_at = null
  where w.account = replay_webhook.account and w.gateway_event_id = replay_webhook.gateway_event_id;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  return jsonb_build_object('outcome', 'pending');
end
$$;

revoke execute on function venuekit.replay_webhook from public;
grant execute on function venuekit.replay_webhook to venuekit_app;
