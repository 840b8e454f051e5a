-- Durable. One batch of a cancelled event, and none that somebody else has locked: holds go to the fence; paid orders
-- get their refund as a row, those that cost nothing their tickets void, those paid outside the gateway both, to be
-- paid back by hand. One whose payment is still under way ends here; should that arrive, it is late and goes back.
-- Each buyer is told once, the host (if `tell`) of money to be paid back by hand. Counters last, each once. Run again until nothing is left.
create or replace function ticketing.call_off_orders(event_id uuid, max_orders integer, tell boolean default true)
returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  show ticketing.events;
  bought ticketing.orders;
  moves ticketing.place_move[] := '{}';
  held integer := 0;
  called_off integer := 0;
  by_hand integer;
  ids uuid[] := '{}';
begin
  perform venuekit.commit_durably();
  select e.* into show from ticketing.events e
  where e.event_id = call_off_orders.event_id and e.status = 'cancelled';
  if not found then
    return jsonb_build_object('held', 0, 'calledOff', 0, 'byHand', 0);
  end if;

  for bought in
    select o.* from ticketing.orders o
    where o.event_id = show.event_id and o.status in ('reserved', 'payment_pending', 'fulfilled')
      and o.called_off_at is null
    limit call_off_orders.max_orders
    for update skip locked
  loop
    if bought.status = 'reserved' then
      update ticketing.orders o
      set status = 'expiring', release_reason = 'cancelled', reason = 'event_cancelled'
      where o.event_id = bought.event_id and o.order_id = bought.order_id;
      held := held + 1;
    else
      moves := moves || case bought.status
        when 'payment_pending' then ticketing.call_off_pending_order(bought, moment)
        else ticketing.call_off_order(bought, show, moment)
      end;
      called_off := called_off + 1;
      ids := ids || bought.order_id;
    end if;
  end loop;
  if cardinality(moves) > 0 then
    perform ticketing.move_places(show.event_id, 'event_cancelled', moves, moment, show.cancelled_by);
  end if;
  select count(*) into by_hand from ticketing.payments p
  where p.event_id = show.event_id and p.order_id = any (ids) and p.kind = 'external' and p.status = 'refund_due';
  if by_hand > 0 then
    perform venuekit.record_alert(
      'refunds_by_hand:' || show.event_id || ':' || ids[1], 'refunds_by_hand',
      jsonb_build_object(
        'summary', show.name, 'eventId', show.event_id, 'orders', by_hand, 'amount', by_hand),
      true, call_off_orders.tell);
  end if;
  return jsonb_build_object('held', held, 'calledOff', called_off, 'byHand', by_hand);
end
$$;

revoke execute on function ticketing.call_off_orders from public;
grant execute on function ticketing.call_off_orders to venuekit_app;
