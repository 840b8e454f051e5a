-- Puts a message into the outbox, in the transaction of what it tells about; once by (kind, order, version).
create or replace function venuekit.queue_message(
  kind text, event_id uuid, order_id uuid, version integer, moment timestamptz
) returns void
language sql volatile security definer set search_path = ''
as $$
  insert into venuekit.outbox (message_id, kind, event_id, order_id, version, created_at, due_at)
  values (
    venuekit.digest_uuid(
      convert_to('message ' || kind, 'UTF8') || uuid_send(event_id) || uuid_send(order_id) || int4send(version)),
    kind, event_id, order_id, version, moment, moment
  )
  on conflict do nothing
$$;

revoke execute on function venuekit.queue_message from public;
