-- The part of `complete_order_atomic` for paid orders: is the payment known, does it match, and what does the order's
-- state make of it.
create or replace function ticketing.complete_with_payment(
  bought ticketing.orders, payment jsonb, source jsonb, moment timestamptz, out outcome text, out reason text
)
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  known record;
  paid ticketing.payments;
begin
  select * into known from ticketing.find_payment(bought.event_id, bought.order_id, payment);
  if known.foreign_object then
    reason := 'pays_another_order';
    perform ticketing.flag_for_review(bought, reason);
    outcome := 'needs_review';
    return;
  elsif known.payment_id is not null then
    select * into outcome, reason
    from ticketing.complete_again(bought, known.payment_id, payment, source, moment);
    return;
  end if;

  perform ticketing.adopt_session(bought, payment, moment);
  reason := ticketing.payment_mismatch(bought, payment);
  if reason is not null or bought.status = 'needs_review' then
    perform ticketing.flag_for_review(bought, reason);
    paid := ticketing.record_payment(
      bought, payment, source, 'needs_review', coalesce(reason, 'order_under_review'), moment);
    perform ticketing.close_paid_attempt(paid, moment);
    outcome := 'needs_review';
    reason := coalesce(reason, bought.reason);
  elsif bought.status in ('reserved', 'expiring', 'payment_pending') then
    paid := ticketing.record_payment(bought, payment, source, 'applied', null, moment);
    perform ticketing.close_paid_attempt(paid, moment);
    perform ticketing.issue_order(bought, false, source, moment);
    outcome := 'issued';
  elsif bought.status = 'fulfilled' and bought.total_minor > 0 and not exists (
    select from ticketing.payments p
    where p.event_id = bought.event_id and p.order_id = bought.order_id and p.status <> 'surplus'
  ) then
    -- The record of its payment is lost: this is it.
    perform ticketing.record_payment(bought, payment, source, 'applied', null, moment);
    select * into outcome, reason from ticketing.replay_order(bought, source, moment);
  elsif bought.status in ('expired', 'cancelled') then
    select * into outcome, reason from ticketing.complete_late(bought, payment, source, moment);
  else
    -- fulfilled, refund_due or refunded: a second charge, which never touches the order.
    paid := ticketing.record_payment(bought, payment, source, 'surplus', 'second_payment', moment);
    perform ticketing.close_paid_attempt(paid, moment);
    outcome := 'surplus';
    reason := 'second_payment';
  end if;
end
$$;

revoke execute on function ticketing.complete_with_payment from public;
