-- Writes a refund as a row: its money is spoken for, its tickets are blocked at the door. The call comes later.
-- The caller holds the order's lock and has looked that the money is there; the wall behind it is the payment's CHECK.
-- Answers null where the id is taken.
create or replace function ticketing.open_refund(
  paid ticketing.payments, refund ticketing.refunds, ticket_ids uuid[], moment timestamptz
) returns ticketing.refunds
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  opened ticketing.refunds;
begin
  insert into ticketing.refunds (
    event_id, refund_id, payment_id, order_id, amount_minor, currency, origin, actor, reason, request,
    gateway_refund_id, requested_at, next_try_at
  ) values (
    paid.event_id, refund.refund_id, paid.payment_id, paid.order_id, refund.amount_minor, paid.currency,
    refund.origin, refund.actor, refund.reason, refund.request, refund.gateway_refund_id, open_refund.moment,
    open_refund.moment
  )
  on conflict do nothing
  returning * into opened;
  if not found then
    return null;
  end if;
  update ticketing.payments p set refund_reserved_minor = p.refund_reserved_minor + opened.amount_minor
  where p.event_id = paid.event_id and p.order_id = paid.order_id and p.payment_id = paid.payment_id;
  perform ticketing.block_tickets(opened, open_refund.ticket_ids);
  return opened;
end
$$;

revoke execute on function ticketing.open_refund from public;
