-- What a client key was answered before: the same hash gives the order as it is now, another hash is a conflict, and so
-- is a key whose order is lost: under another key the buyer begins anew. Null where the key is new.
create or replace function ticketing.stored_reservation(
  event_id uuid, client_key text, request_hash text, moment timestamptz
) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  stored ticketing.order_keys;
begin
  select k.* into stored from ticketing.order_keys k
  where k.event_id = stored_reservation.event_id and k.client_key = stored_reservation.client_key;
  if not found then
    return null;
  elsif stored.request_hash <> stored_reservation.request_hash then
    return jsonb_build_object('outcome', 'idempotency_conflict');
  end if;
  return coalesce((
    select jsonb_build_object(
      'outcome', 'reserved', 'replayed', true,
      'order', ticketing.order_json(o.event_id, o.order_id, stored_reservation.moment),
      'tokenVersion', o.token_version,
      'event', jsonb_build_object('name', e.name, 'delayedPayments', e.delayed_payments))
    from ticketing.orders o
    join ticketing.events e on e.event_id = o.event_id
    where o.event_id = stored.event_id and o.order_id = stored.order_id
  ), '{"outcome": "idempotency_conflict"}');
end
$$;

revoke execute on function ticketing.stored_reservation from public;
