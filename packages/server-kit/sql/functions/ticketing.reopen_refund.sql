-- A refund that we had given up, or had no room for, exists at the gateway all the same: our own requests give way, and
-- its money is spoken for again. False where the payment cannot hold it, or was made in another currency.
create or replace function ticketing.reopen_refund(refund ticketing.refunds, moment timestamptz) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  bought ticketing.orders;
  paid ticketing.payments;
  tickets uuid[];
  again boolean;
begin
  select o.* into bought from ticketing.orders o
  where o.event_id = refund.event_id and o.order_id = refund.order_id;
  select p.* into paid from ticketing.payments p
  where p.event_id = refund.event_id and p.order_id = refund.order_id and p.payment_id = refund.payment_id;
  if paid.currency <> refund.currency then
    return false;
  end if;
  again := ticketing.make_refund_room(paid, refund.amount_minor, moment);
  select p.* into paid from ticketing.payments p
  where p.event_id = refund.event_id and p.order_id = refund.order_id and p.payment_id = refund.payment_id;
  if refund.amount_minor > paid.amount_minor - paid.refunded_minor - paid.refund_reserved_minor then
    return false;
  end if;
  tickets := case refund.origin
    when 'gateway' then ticketing.tickets_of_rest(paid, refund.amount_minor)
    else ticketing.refunded_tickets(refund.event_id, refund.order_id, refund.refund_id)
  end;
  update ticketing.payments p set refund_reserved_minor = p.refund_reserved_minor + refund.amount_minor
  where p.event_id = paid.event_id and p.order_id = paid.order_id and p.payment_id = paid.payment_id;
  update ticketing.refunds r set status = 'unknown', finished_at = null
  where r.event_id = refund.event_id and r.order_id = refund.order_id and r.refund_id = refund.refund_id;
  perform ticketing.block_tickets(refund, tickets);
  if again then
    perform ticketing.refund_rest(bought, paid.payment_id, moment);
  end if;
  return true;
end
$$;

revoke execute on function ticketing.reopen_refund from public;
