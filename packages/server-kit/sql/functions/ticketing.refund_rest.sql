-- A refund gave way to another, or failed: what is left of the payment goes back by itself where it bought nothing, or
-- its show is off.
create or replace function ticketing.refund_rest(bought ticketing.orders, payment_id uuid, moment timestamptz) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  paid ticketing.payments;
begin
  select p.* into paid from ticketing.payments p
  where p.event_id = bought.event_id and p.order_id = bought.order_id and p.payment_id = refund_rest.payment_id;
  if paid.status in ('refund_due', 'surplus') then
    perform ticketing.queue_automatic_refund(paid, moment);
  elsif paid.status = 'applied' then
    -- A cancelled show comes by again.
    update ticketing.orders o set called_off_at = null
    where o.event_id = bought.event_id and o.order_id = bought.order_id;
  end if;
end
$$;

revoke execute on function ticketing.refund_rest from public;
