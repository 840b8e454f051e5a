-- Whether an order of a cancelled show counts as called off although nothing of what the gateway took goes back: no refund
-- is under way or waits for a person, and no dispute holds it.
create or replace function ticketing.is_called_off_unpaid(bought ticketing.orders) returns boolean
language sql stable security definer set search_path = ''
as $$
  select bought.status = 'fulfilled' and bought.called_off_at is not null and exists (
    select from ticketing.payments p
    where p.event_id = bought.event_id and p.order_id = bought.order_id and p.status = 'applied' and p.kind = 'gateway'
      and p.refunded_minor < p.amount_minor and not ticketing.is_disputed(p.event_id, p.payment_id)
      and not exists (
        select from ticketing.refunds r
        where r.event_id = p.event_id and r.order_id = p.order_id and r.payment_id = p.payment_id
          and r.status in ('requested', 'unknown', 'pending', 'needs_review')))
$$;

revoke execute on function ticketing.is_called_off_unpaid from public;
