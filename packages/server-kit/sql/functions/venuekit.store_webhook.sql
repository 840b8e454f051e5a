-- Durable, once by (account, event id). `pending` means: work on it, here and now.
create or replace function venuekit.store_webhook(
  account text, gateway_event_id text, type text, mode text, payload jsonb
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  -- The sweeper's first look comes a minute later: the delivery itself is working on it.
  insert into venuekit.webhooks (account, gateway_event_id, type, mode, payload, received_at, next_try_at)
  values (
    store_webhook.account, store_webhook.gateway_event_id, store_webhook.type, store_webhook.mode,
    store_webhook.payload, moment, moment + interval '1 minute'
  )
  on conflict on constraint webhooks_key do nothing;
  return (
    select jsonb_build_object('status', w.status) from venuekit.webhooks w
    where w.account = store_webhook.account and w.gateway_event_id = store_webhook.gateway_event_id
  );
end
$$;

revoke execute on function venuekit.store_webhook from public;
grant execute on function venuekit.store_webhook to venuekit_app;
