-- Locks orders whose places may go back, at most so many: those at the fence and delayed payments whose time is over,
-- with no open attempt, and with no line of the counters given. The gateway has nothing to say about them any more.
create or replace function ticketing.orders_to_release(
  event_id uuid, max_orders integer, moment timestamptz, without uuid[]
) returns uuid[]
language plpgsql volatile security definer set search_path = '' set plan_cache_mode = 'force_custom_plan'
as $$
#variable_conflict use_column
declare
  ended uuid[];
  given_up uuid[];
begin
  ended := array(
    select o.order_id from ticketing.orders o
    where o.event_id = orders_to_release.event_id and o.status = 'expiring'
      and not exists (
        select from ticketing.attempts a
        where a.event_id = o.event_id and a.order_id = o.order_id and a.status <> 'closed')
      and (orders_to_release.without = '{}' or not exists (
        select from ticketing.order_items i
        where i.event_id = o.event_id and i.order_id = o.order_id
          and (i.tier_id = any (orders_to_release.without) or i.pool_id = any (orders_to_release.without))))
    limit orders_to_release.max_orders
    for update skip locked);
  given_up := array(
    select o.order_id from ticketing.orders o
    where o.event_id = orders_to_release.event_id and o.status = 'payment_pending'
      and (o.hold_expires_at <= orders_to_release.moment
        or (o.hold_expires_at is null and o.hold_ends_at <= orders_to_release.moment))
      and not exists (
        select from ticketing.attempts a
        where a.event_id = o.event_id and a.order_id = o.order_id and a.status <> 'closed')
      and (orders_to_release.without = '{}' or not exists (
        select from ticketing.order_items i
        where i.event_id = o.event_id and i.order_id = o.order_id
          and (i.tier_id = any (orders_to_release.without) or i.pool_id = any (orders_to_release.without))))
    limit orders_to_release.max_orders - cardinality(ended)
    for update skip locked);
  return ended || given_up;
end
$$;

revoke execute on function ticketing.orders_to_release from public;
