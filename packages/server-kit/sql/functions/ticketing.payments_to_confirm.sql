-- Gateway payments received in the window that the run has not dealt with yet, oldest first.
create or replace function ticketing.payments_to_confirm(
  run_id uuid, account text, mode text, window_from timestamptz, window_until timestamptz, max_payments integer
) returns jsonb
language sql volatile security definer set search_path = ''
as $$
  select jsonb_build_object('payments', coalesce(jsonb_agg(
    jsonb_build_object(
      'eventId', d.event_id, 'orderId', d.order_id, 'paymentId', d.payment_id, 'status', d.status,
      'amountMinor', d.amount_minor, 'currency', d.currency, 'mode', d.mode, 'sessionId', d.session_id,
      'paymentIntentId', d.payment_intent_id)), '[]'))
  from (
    select p.* from ticketing.payments p
    where p.kind = 'gateway' and p.account = payments_to_confirm.account and p.mode = payments_to_confirm.mode
      and p.received_at >= payments_to_confirm.window_from and p.received_at <= payments_to_confirm.window_until
      and not exists (
        select from venuekit.reconciliation_marks m
        where m.run_id = payments_to_confirm.run_id and m.subject = 'payment:' || p.payment_id
      )
    order by p.received_at, p.payment_id
    limit payments_to_confirm.max_payments
  ) d
$$;

revoke execute on function ticketing.payments_to_confirm from public;
grant execute on function ticketing.payments_to_confirm to venuekit_app;
