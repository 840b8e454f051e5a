-- Durable. The buyer lets go: `cancelled` at once where no attempt is open, else `expiring` until the gateway has said
-- that its session can no longer be paid. Locks the order.
create or replace function ticketing.cancel_order(event_id uuid, order_id uuid, reason text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  held ticketing.orders;
  open_attempts jsonb;
  result text;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  select o.* into held from ticketing.orders o
  where o.event_id = cancel_order.event_id and o.order_id = cancel_order.order_id
  for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  moment := venuekit.clock();

  if held.status = 'reserved' then
    update ticketing.orders o
    set status = 'expiring', release_reason = 'cancelled', reason = cancel_order.reason
    where o.event_id = held.event_id and o.order_id = held.order_id
    returning * into held;
  end if;
  select coalesce(jsonb_agg(ticketing.attempt_json(a)), '[]') into open_attempts from ticketing.attempts a
  where a.event_id = held.event_id and a.order_id = held.order_id and a.status <> 'closed';

  result := case
    when held.status = 'expiring' and open_attempts <> '[]' then 'expiring'
    when held.status in ('expiring', 'cancelled') then 'cancelled'
    else 'not_cancellable'
  end;
  if held.status = 'expiring' and result = 'cancelled' then
    perform ticketing.release_orders(held.event_id, array[held.order_id], moment);
  end if;
  return jsonb_build_object(
    'outcome', result, 'order', ticketing.order_json(held.event_id, held.order_id, moment),
    'attempts', case when result = 'not_cancellable' then '[]' else open_attempts end);
end
$$;

revoke execute on function ticketing.cancel_order from public;
grant execute on function ticketing.cancel_order to venuekit_app;
