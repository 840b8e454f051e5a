-- One locked order of a cancelled event whose payment is under way. Its session is complete and cannot be taken back, so
-- nothing is asked of the gateway. Answers the moves that give its places back.
create or replace function ticketing.call_off_pending_order(
  bought ticketing.orders, moment timestamptz
) returns ticketing.place_move[]
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  update ticketing.attempts a
  set status = 'closed', closed_at = call_off_pending_order.moment, close_reason = 'event_cancelled'
  where a.event_id = bought.event_id and a.order_id = bought.order_id and a.status <> 'closed';
  update ticketing.orders o set called_off_at = call_off_pending_order.moment, reason = 'event_cancelled'
  where o.event_id = bought.event_id and o.order_id = bought.order_id;
  perform venuekit.queue_message('cancellation', bought.event_id, bought.order_id, 1, moment);
  return ticketing.end_orders(bought.event_id, array[bought.order_id], moment);
end
$$;

revoke execute on function ticketing.call_off_pending_order from public;
