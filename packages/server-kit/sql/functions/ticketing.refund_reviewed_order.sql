-- Durable. An admin's decision to send the money under review back: its places are free again, each payment of the
-- order goes back whole, and the buyer is told. Locks the order.
create or replace function ticketing.refund_reviewed_order(
  event_id uuid, order_id uuid, actor text, note text
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  bought ticketing.orders;
  paid ticketing.payments;
  moves ticketing.place_move[];
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  if coalesce(refund_reviewed_order.actor, '') = '' then
    raise exception 'a review is decided by an actor' using errcode = '22023';
  end if;
  select o.* into bought from ticketing.orders o
  where o.event_id = refund_reviewed_order.event_id and o.order_id = refund_reviewed_order.order_id
  for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  elsif bought.status <> 'needs_review' then
    return jsonb_build_object('outcome', case
      when bought.status in ('refund_due', 'refunded') and bought.reviewed_by is not null then 'decided'
      else 'not_under_review'
    end);
  end if;
  moment := venuekit.clock();

  select array_agg((i.order_id, i.tier_id, i.pool_id, -i.quantity, 0)::ticketing.place_move) into moves
  from ticketing.order_items i
  where i.event_id = bought.event_id and i.order_id = bought.order_id and i.counted_as = 'reserved';
  update ticketing.order_items i set counted_as = 'none'
  where i.event_id = bought.event_id and i.order_id = bought.order_id and i.counted_as = 'reserved';
  update ticketing.orders o
  set status = 'refund_due', reviewed_by = refund_reviewed_order.actor,
    reason = coalesce(refund_reviewed_order.note, o.reason), released_at = coalesce(o.released_at, moment)
  where o.event_id = bought.event_id and o.order_id = bought.order_id;

  for paid in
    update ticketing.payments p set status = 'refund_due'
    where p.event_id = bought.event_id and p.order_id = bought.order_id and p.status = 'needs_review'
    returning p.*
  loop
    perform ticketing.queue_automatic_refund(paid, moment);
  end loop;
  -- Where the money never was this order's, nothing is owed.
  update ticketing.orders o set status = 'refunded'
  where o.event_id = bought.event_id and o.order_id = bought.order_id and not exists (
    select from ticketing.payments p
    where p.event_id = o.event_id and p.order_id = o.order_id and p.status = 'refund_due');
  if moves is not null then
    perform ticketing.move_places(bought.event_id, 'release', moves, moment, refund_reviewed_order.actor);
  end if;
  return jsonb_build_object('outcome', 'refund_due');
end
$$;

revoke execute on function ticketing.refund_reviewed_order from public;
grant execute on function ticketing.refund_reviewed_order to venuekit_app;
