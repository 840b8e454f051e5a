-- Writes a new payment with its gateway objects, its journal entry, and, where it is to go back, its refund.
create or replace function ticketing.record_payment(
  bought ticketing.orders, payment jsonb, source jsonb, status text, reason text, moment timestamptz
) returns ticketing.payments
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  recorded ticketing.payments;
begin
  insert into ticketing.payments (
    event_id, payment_id, order_id, kind, status, amount_minor, currency, account, mode, session_id,
    payment_intent_id, method, reference, source, reason, received_at
  ) values (
    bought.event_id, (record_payment.payment ->> 'paymentId')::uuid, bought.order_id,
    record_payment.payment ->> 'kind', record_payment.status, (record_payment.payment ->> 'amountMinor')::bigint,
    record_payment.payment ->> 'currency', record_payment.payment ->> 'account', record_payment.payment ->> 'mode',
    record_payment.payment ->> 'sessionId', record_payment.payment ->> 'paymentIntentId',
    record_payment.payment ->> 'method', record_payment.payment ->> 'reference', record_payment.source,
    record_payment.reason, record_payment.moment
  )
  returning * into recorded;

  perform ticketing.claim_gateway_objects(recorded, record_payment.payment, record_payment.moment);
  if recorded.amount_minor > 0 then
    insert into ticketing.journal (event_id, occurred_at, kind, order_id, payment_id, money_delta_minor, actor)
    values (
      recorded.event_id, record_payment.moment, 'payment', recorded.order_id, recorded.payment_id,
      recorded.amount_minor, record_payment.source ->> 'actor'
    );
  end if;
  if recorded.status in ('refund_due', 'surplus') then
    perform ticketing.queue_automatic_refund(recorded, record_payment.moment);
  end if;
  return recorded;
end
$$;

revoke execute on function ticketing.record_payment from public;
