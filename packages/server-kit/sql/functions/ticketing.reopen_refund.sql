-- A refund that we had given up exists at the gateway after all: its money is spoken for again, if it is still there.
create or replace function ticketing.reopen_refund(refund ticketing.refunds) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  update ticketing.payments p set refund_reserved_minor = p.refund_reserved_minor + refund.amount_minor
  where p.event_id = refund.event_id and p.order_id = refund.order_id and p.payment_id = refund.payment_id
    and p.refunded_minor + p.refund_reserved_minor + refund.amount_minor <= p.amount_minor;
  if not found then
    return false;
  end if;
  update ticketing.refunds r set status = 'unknown', finished_at = null
  where r.event_id = refund.event_id and r.order_id = refund.order_id and r.refund_id = refund.refund_id;
  update ticketing.tickets k set status = 'blocked'
  where k.event_id = refund.event_id and k.order_id = refund.order_id and k.status = 'valid'
    and k.ticket_id = any (ticketing.refunded_tickets(refund.event_id, refund.order_id, refund.refund_id));
  return true;
end
$$;

revoke execute on function ticketing.reopen_refund from public;
