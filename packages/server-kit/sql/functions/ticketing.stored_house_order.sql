-- What a key of the house was answered before.
create or replace function ticketing.stored_house_order(stored ticketing.order_keys, request_hash text) returns jsonb
language sql immutable security definer set search_path = ''
as $$
  select case when stored.request_hash = stored_house_order.request_hash
    then jsonb_build_object('outcome', 'issued', 'orderId', stored.order_id)
    else jsonb_build_object('outcome', 'idempotency_conflict')
  end
$$;

revoke execute on function ticketing.stored_house_order from public;
