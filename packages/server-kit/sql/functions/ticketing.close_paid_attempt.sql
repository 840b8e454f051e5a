-- Ends the attempt whose session paid. A newer one of the same order stays open until the gateway ends its session.
create or replace function ticketing.close_paid_attempt(paid ticketing.payments, moment timestamptz) returns void
language sql volatile security definer set search_path = ''
as $$
  update ticketing.attempts a set status = 'closed', closed_at = close_paid_attempt.moment, close_reason = 'paid'
  where a.event_id = paid.event_id and a.order_id = paid.order_id and a.account = paid.account
    and a.status <> 'closed' and (a.session_id = paid.session_id or a.payment_intent_id = paid.payment_intent_id)
$$;

revoke execute on function ticketing.close_paid_attempt from public;
