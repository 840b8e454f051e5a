-- Once nothing of a payment is left, because it was refunded or lost to the buyer's bank: it is refunded, and so is its
-- order unless something else still stands for it. A surplus, or a payment beside tickets that still admit, leaves the
-- order alone. Of money that is owed and that a bank took in part, a person sends the rest: the gateway refunds no
-- disputed charge by itself.
create or replace function ticketing.close_refunded_payment(event_id uuid, order_id uuid, payment_id uuid) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  paid ticketing.payments;
  lost_minor bigint;
  admits boolean;
begin
  select p.* into paid from ticketing.payments p
  where p.event_id = close_refunded_payment.event_id and p.order_id = close_refunded_payment.order_id
    and p.payment_id = close_refunded_payment.payment_id;
  lost_minor := ticketing.lost_to_disputes(paid.event_id, paid.payment_id);
  admits := exists (
    select from ticketing.tickets k
    where k.event_id = paid.event_id and k.order_id = paid.order_id and k.status <> 'void');
  if paid.refund_reserved_minor > 0 or (paid.status = 'applied' and admits) then
    return;
  elsif paid.refunded_minor + lost_minor < paid.amount_minor then
    update ticketing.payments p set status = 'needs_review', reason = 'dispute_lost_in_part'
    where lost_minor > 0 and p.event_id = paid.event_id and p.order_id = paid.order_id
      and p.payment_id = paid.payment_id and p.status in ('applied', 'surplus', 'refund_due');
    return;
  end if;
  update ticketing.payments p
  set status = 'refunded', reason = case when lost_minor > 0 then 'dispute_lost' else p.reason end
  where p.event_id = paid.event_id and p.order_id = paid.order_id and p.payment_id = paid.payment_id;
  -- Refunds that had failed and waited for a person: it has gone back otherwise.
  update ticketing.refunds r set status = 'failed'
  where r.event_id = paid.event_id and r.order_id = paid.order_id and r.payment_id = paid.payment_id
    and r.status = 'needs_review' and r.finished_at is not null;

  update ticketing.orders o set status = 'refunded'
  where o.event_id = paid.event_id and o.order_id = paid.order_id and paid.status <> 'surplus'
    and (o.status = 'refund_due' or (o.status = 'fulfilled' and not admits))
    and not exists (
      select from ticketing.payments p
      where p.event_id = o.event_id and p.order_id = o.order_id and p.status in ('applied', 'refund_due'));
end
$$;

revoke execute on function ticketing.close_refunded_payment from public;
