-- Once nothing of a payment is left: it is refunded, and so is its order unless something else still stands for it.
-- A surplus, or a payment beside tickets that still admit, leaves the order alone.
create or replace function ticketing.close_refunded_payment(event_id uuid, order_id uuid, payment_id uuid) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  paid ticketing.payments;
  admits boolean;
begin
  select p.* into paid from ticketing.payments p
  where p.event_id = close_refunded_payment.event_id and p.order_id = close_refunded_payment.order_id
    and p.payment_id = close_refunded_payment.payment_id;
  admits := exists (
    select from ticketing.tickets k
    where k.event_id = paid.event_id and k.order_id = paid.order_id and k.status <> 'void');
  if paid.refunded_minor < paid.amount_minor or (paid.status = 'applied' and admits) then
    return;
  end if;
  update ticketing.payments p set status = 'refunded'
  where p.event_id = paid.event_id and p.order_id = paid.order_id and p.payment_id = paid.payment_id;

  update ticketing.orders o set status = 'refunded'
  where o.event_id = paid.event_id and o.order_id = paid.order_id and paid.status <> 'surplus'
    and (o.status = 'refund_due' or (o.status = 'fulfilled' and not admits))
    and not exists (
      select from ticketing.payments p
      where p.event_id = o.event_id and p.order_id = o.order_id and p.status in ('applied', 'refund_due'));
end
$$;

revoke execute on function ticketing.close_refunded_payment from public;
