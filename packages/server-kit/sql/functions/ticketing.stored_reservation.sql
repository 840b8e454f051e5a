-- What a client key was answered before: the same hash gives the order as it is now, another hash is a conflict.
-- Null where the key is new.
create or replace function ticketing.stored_reservation(
  event_id uuid, client_key text, request_hash text, moment timestamptz
) returns jsonb
language sql volatile security definer set search_path = ''
as $$
  select case
    when o.request_hash <> stored_reservation.request_hash then jsonb_build_object('outcome', 'idempotency_conflict')
    else jsonb_build_object(
      'outcome', 'reserved', 'replayed', true,
      'order', ticketing.order_json(o.event_id, o.order_id, stored_reservation.moment),
      'tokenVersion', o.token_version,
      'event', jsonb_build_object('name', e.name, 'delayedPayments', e.delayed_payments))
  end
  from ticketing.orders o
  join ticketing.events e on e.event_id = o.event_id
  where o.event_id = stored_reservation.event_id and o.client_key = stored_reservation.client_key
$$;

revoke execute on function ticketing.stored_reservation from public;
