-- Durable. One batch of a cancelled event, and none that somebody else has locked: holds go to the fence; paid orders
-- get their refund as a row, those that cost nothing their tickets void, those paid outside the gateway both, to be
-- paid back by hand. One whose payment is still under way ends here; should that arrive, it is late and goes back.
-- Each buyer is told once, the host (if `tell`) of money to be paid back by hand. Counters last, each once. Run again until
-- nothing is left. Orders of a counter that cannot give their places back wait for its repair, and keep nobody else
-- waiting; those that the gateway pays back do not wait: their places come back with the money.
create or replace function ticketing.call_off_orders(event_id uuid, max_orders integer, tell boolean default true)
returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  show ticketing.events;
  ids uuid[];
  batch record;
  by_hand integer;
  -- Counters that cannot give back what their orders hold.
  short uuid[];
  sick uuid[] := '{}';
begin
  perform venuekit.commit_durably();
  select e.* into show from ticketing.events e
  where e.event_id = call_off_orders.event_id and e.status = 'cancelled';
  if not found then
    return jsonb_build_object('held', 0, 'calledOff', 0, 'byHand', 0);
  end if;

  loop
    ids := ticketing.orders_to_call_off(show.event_id, call_off_orders.max_orders, sick);
    begin
      batch := ticketing.call_off_batch(show, ids, moment);
      exit;
    exception when check_violation or no_data_found then
      short := ticketing.counters_short_of(show.event_id, ids);
      if short <@ sick then
        raise;
      end if;
      sick := sick || short;
    end;
  end loop;
  select count(*) into by_hand from ticketing.payments p
  where p.event_id = show.event_id and p.order_id = any (ids) and p.kind = 'external' and p.status = 'refund_due';
  if by_hand > 0 then
    perform venuekit.record_alert(
      'refunds_by_hand:' || show.event_id || ':' || ids[1], 'refunds_by_hand',
      jsonb_build_object(
        'summary', show.name, 'eventId', show.event_id, 'orders', by_hand, 'amount', by_hand),
      true, call_off_orders.tell);
  end if;
  return jsonb_build_object('held', batch.held, 'calledOff', batch.called_off, 'byHand', by_hand);
end
$$;

revoke execute on function ticketing.call_off_orders from public;
grant execute on function ticketing.call_off_orders to venuekit_app;
