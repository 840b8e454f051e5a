-- Some locked orders of a cancelled event: holds go to the fence, the others end here. Counters last, each once. Answers
-- how many of either.
create or replace function ticketing.call_off_batch(
  show ticketing.events, order_ids uuid[], moment timestamptz, out held integer, out called_off integer
)
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  bought ticketing.orders;
  moves ticketing.place_move[] := '{}';
begin
  held := 0;
  called_off := 0;
  for bought in
    select o.* from ticketing.orders o
    where o.event_id = show.event_id and o.order_id = any (call_off_batch.order_ids)
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
    end if;
  end loop;
  if cardinality(moves) > 0 then
    perform ticketing.move_places(show.event_id, 'event_cancelled', moves, moment, show.cancelled_by);
  end if;
end
$$;

revoke execute on function ticketing.call_off_batch from public;
