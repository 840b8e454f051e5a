-- An open refund ends without having paid: the money is the payment's again, its tickets admit again.
create or replace function ticketing.undo_refund(refund ticketing.refunds, status text, moment timestamptz) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  update ticketing.refunds r set status = undo_refund.status, finished_at = undo_refund.moment, next_try_at = null
  where r.event_id = refund.event_id and r.order_id = refund.order_id and r.refund_id = refund.refund_id;
  update ticketing.payments p set refund_reserved_minor = p.refund_reserved_minor - refund.amount_minor
  where p.event_id = refund.event_id and p.order_id = refund.order_id and p.payment_id = refund.payment_id;
  update ticketing.tickets k set status = 'valid'
  where k.event_id = refund.event_id and k.order_id = refund.order_id and k.status = 'blocked'
    and k.ticket_id = any (ticketing.refunded_tickets(refund.event_id, refund.order_id, refund.refund_id));
end
$$;

revoke execute on function ticketing.undo_refund from public;
