-- Our refunds that the run has not dealt with yet and that the gateway should know: those under way or without room in
-- their payment, however old, and those that ended in the window. One never sent is the refund worker's.
create or replace function ticketing.refunds_to_confirm(
  run_id uuid, account text, mode text, window_from timestamptz, window_until timestamptz, max_refunds integer
) returns jsonb
language sql volatile security definer set search_path = ''
as $$
  select jsonb_build_object('refunds', coalesce(jsonb_agg(
    jsonb_build_object(
      'eventId', d.event_id, 'orderId', d.order_id, 'refundId', d.refund_id, 'status', d.status,
      'amountMinor', d.amount_minor, 'currency', d.currency, 'gatewayRefundId', d.gateway_refund_id,
      'paymentIntentId', d.payment_intent_id, 'sessionId', d.session_id)), '[]'))
  from (
    select r.*, p.payment_intent_id, p.session_id
    from ticketing.refunds r
    join ticketing.payments p
      on p.event_id = r.event_id and p.order_id = r.order_id and p.payment_id = r.payment_id
    where p.kind = 'gateway' and p.account = refunds_to_confirm.account and p.mode = refunds_to_confirm.mode
      and (
        (r.status in ('unknown', 'pending') and (r.first_sent_at is not null or r.gateway_refund_id is not null))
        or (r.status = 'needs_review' and r.finished_at is null and r.gateway_refund_id is not null)
        or (r.finished_at >= refunds_to_confirm.window_from and r.finished_at <= refunds_to_confirm.window_until
          and r.gateway_refund_id is not null)
      )
      and not exists (
        select from venuekit.reconciliation_marks m
        where m.run_id = refunds_to_confirm.run_id and m.subject = 'refund:' || r.refund_id
      )
    order by r.requested_at, r.refund_id
    limit refunds_to_confirm.max_refunds
  ) d
$$;

revoke execute on function ticketing.refunds_to_confirm from public;
grant execute on function ticketing.refunds_to_confirm to venuekit_app;
