-- One fulfilled, locked order of a cancelled event. Answers the moves that give its places back at once; those of a
-- paid order come back when its refund succeeded.
create or replace function ticketing.call_off_order(
  bought ticketing.orders, show ticketing.events, moment timestamptz
) returns ticketing.place_move[]
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  paid ticketing.payments;
  wanted ticketing.refunds;
  moves ticketing.place_move[];
  tickets uuid[] := ticketing.valid_tickets(bought.event_id, bought.order_id);
begin
  update ticketing.orders o set called_off_at = call_off_order.moment
  where o.event_id = bought.event_id and o.order_id = bought.order_id;
  perform venuekit.queue_message('cancellation', bought.event_id, bought.order_id, 1, moment);

  select p.* into paid from ticketing.payments p
  where p.event_id = bought.event_id and p.order_id = bought.order_id and p.status = 'applied';
  if paid.kind = 'gateway' then
    wanted.refund_id := venuekit.digest_uuid(
      'mass refund'::bytea || uuid_send(paid.event_id) || uuid_send(paid.payment_id)
      || int4send((
        select count(*)::integer from ticketing.refunds r
        where r.event_id = paid.event_id and r.order_id = paid.order_id and r.payment_id = paid.payment_id)));
    wanted.amount_minor := paid.amount_minor - paid.refunded_minor - paid.refund_reserved_minor;
    wanted.origin := 'mass';
    wanted.actor := show.cancelled_by;
    wanted.reason := coalesce(show.cancel_reason, 'event_cancelled');
    if wanted.amount_minor > 0 and ticketing.lost_to_disputes(paid.event_id, paid.payment_id) = 0 then
      perform ticketing.open_refund(paid, wanted, tickets, moment);
      return '{}';
    end if;
  elsif paid.kind = 'external' then
    update ticketing.payments p set status = 'refund_due', reason = 'event_cancelled'
    where p.event_id = paid.event_id and p.order_id = paid.order_id and p.payment_id = paid.payment_id;
  end if;
  moves := ticketing.void_tickets(bought.event_id, bought.order_id, tickets, 'event_cancelled', moment);
  if paid.kind = 'gateway' then
    perform ticketing.close_refunded_payment(paid.event_id, paid.order_id, paid.payment_id);
  end if;
  return coalesce(moves, '{}');
end
$$;

revoke execute on function ticketing.call_off_order from public;
