-- Why a payment may not be refunded as asked; null where it may. By ticket, by money, or, with neither, what is left.
create or replace function ticketing.refund_refusal(
  bought ticketing.orders, paid ticketing.payments, amount_minor bigint, ticket_ids uuid[]
) returns text
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  amount_left bigint := paid.amount_minor - paid.refunded_minor - paid.refund_reserved_minor;
begin
  return case
    when paid.payment_id is null then 'no_payment'
    when bought.status = 'needs_review' then 'under_review'
    when ticketing.is_disputed(paid.event_id, paid.payment_id) then 'disputed'
    when amount_left = 0 then 'nothing_left'
    when refund_refusal.amount_minor > amount_left then 'exceeds_payment'
    when paid.kind = 'gateway' and refund_refusal.amount_minor % ticketing.currency_step(paid.currency) <> 0
      then 'amount_off_step'
    when refund_refusal.ticket_ids is not null and paid.status <> 'applied' then 'payment_bought_no_tickets'
    when exists (
      select from unnest(refund_refusal.ticket_ids) as w (ticket_id)
      where not exists (
        select from ticketing.tickets k
        where k.event_id = bought.event_id and k.order_id = bought.order_id and k.ticket_id = w.ticket_id)
    ) then 'unknown_ticket'
    when exists (
      select from ticketing.tickets k
      where k.event_id = bought.event_id and k.order_id = bought.order_id
        and k.ticket_id = any (refund_refusal.ticket_ids) and k.status <> 'valid'
    ) then 'ticket_not_valid'
  end;
end
$$;

revoke execute on function ticketing.refund_refusal from public;
