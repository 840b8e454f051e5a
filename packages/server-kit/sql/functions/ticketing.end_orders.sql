-- Ends locked orders, as `release_reason` says, and answers the moves that give their places back: the caller sums them
-- with its others, so that a batch touches each counter once. The trigger on orders refuses while an attempt is open.
create or replace function ticketing.end_orders(
  event_id uuid, order_ids uuid[], moment timestamptz
) returns ticketing.place_move[]
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moves ticketing.place_move[];
begin
  select array_agg(
    (i.order_id, i.tier_id, i.pool_id,
      case i.counted_as when 'reserved' then -i.quantity else 0 end,
      case i.counted_as when 'issued' then i.returned - i.quantity else 0 end)::ticketing.place_move)
  into moves
  from ticketing.order_items i
  where i.event_id = end_orders.event_id and i.order_id = any (end_orders.order_ids)
    and i.counted_as <> 'none';

  -- A delayed payment that fails ends as expired, also where its buyer had cancelled before; so does what says no reason.
  update ticketing.orders o
  set status = case
      when o.status = 'expiring' and o.release_reason is not null then o.release_reason::text::ticketing.order_status
      else 'expired'
    end,
    hold_expires_at = null, released_at = end_orders.moment
  where o.event_id = end_orders.event_id and o.order_id = any (end_orders.order_ids);
  update ticketing.order_items i set counted_as = 'none'
  where i.event_id = end_orders.event_id and i.order_id = any (end_orders.order_ids)
    and i.counted_as <> 'none';
  return coalesce(moves, '{}');
end
$$;

revoke execute on function ticketing.end_orders from public;
