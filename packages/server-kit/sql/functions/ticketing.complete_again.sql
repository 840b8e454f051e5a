-- A payment that was recorded before comes again: by webhook, return page, sweeper, in any order, any number of times.
create or replace function ticketing.complete_again(
  bought ticketing.orders, payment_id uuid, payment jsonb, source jsonb, moment timestamptz,
  out outcome text, out reason text
)
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  paid ticketing.payments;
begin
  select p.* into paid from ticketing.payments p
  where p.event_id = bought.event_id and p.order_id = bought.order_id and p.payment_id = complete_again.payment_id;
  reason := case
    when paid.currency <> complete_again.payment ->> 'currency' then 'currency_differs'
    when paid.amount_minor <> (complete_again.payment ->> 'amountMinor')::bigint then 'amount_differs'
    when paid.mode <> complete_again.payment ->> 'mode' then 'mode_differs'
  end;
  if reason is not null then
    outcome := 'needs_review';
    return;
  end if;
  -- It may carry a name that the first one did not: the intent of a session.
  perform ticketing.claim_gateway_objects(paid, complete_again.payment, moment);

  if paid.status = 'applied' and bought.status = 'fulfilled' then
    select * into outcome, reason from ticketing.replay_order(bought, source, moment);
  elsif paid.status = 'applied' and bought.status in ('reserved', 'expiring', 'payment_pending') then
    perform ticketing.close_paid_attempt(paid, moment);
    perform ticketing.issue_order(bought, false, source, moment);
    outcome := 'issued';
  elsif paid.status in ('surplus', 'refund_due', 'needs_review') then
    outcome := paid.status;
    reason := paid.reason;
  elsif bought.status = 'needs_review' then
    outcome := 'needs_review';
    reason := bought.reason;
  elsif paid.status = 'applied' then
    -- Its order has ended otherwise: nothing of ours leaves them so, and nothing sends the money back by itself.
    outcome := 'needs_review';
    reason := 'applied_to_' || bought.status;
  elsif paid.reason = 'second_payment' then
    outcome := 'surplus';
    reason := paid.reason;
  elsif bought.fulfilled_at is null then
    outcome := 'refund_due';
    reason := paid.reason;
  else
    outcome := 'replayed';
  end if;
end
$$;

revoke execute on function ticketing.complete_again from public;
