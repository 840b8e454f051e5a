-- Locks orders of a cancelled event that were not called off yet, at most so many. Of those with a line of the counters
-- given only such that move no places now: holds, and what the gateway pays back first.
create or replace function ticketing.orders_to_call_off(event_id uuid, max_orders integer, without uuid[]) returns uuid[]
language sql volatile security definer set search_path = ''
as $$
  select array(
    select o.order_id from ticketing.orders o
    where o.event_id = orders_to_call_off.event_id and o.status in ('reserved', 'payment_pending', 'fulfilled')
      and o.called_off_at is null
      and (orders_to_call_off.without = '{}' or o.status = 'reserved' or not exists (
        select from ticketing.order_items i
        where i.event_id = o.event_id and i.order_id = o.order_id
          and (i.tier_id = any (orders_to_call_off.without) or i.pool_id = any (orders_to_call_off.without))
      ) or exists (
        select from ticketing.payments p
        where p.event_id = o.event_id and p.order_id = o.order_id and p.status = 'applied' and p.kind = 'gateway'
      ))
    limit orders_to_call_off.max_orders
    for update skip locked)
$$;

revoke execute on function ticketing.orders_to_call_off from public;
