-- A recorded payment as `complete_order_atomic` takes it.
create or replace function ticketing.payment_json(paid ticketing.payments) returns jsonb
language sql immutable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'paymentId', paid.payment_id, 'kind', paid.kind, 'amountMinor', paid.amount_minor, 'currency', paid.currency,
    'account', paid.account, 'mode', paid.mode, 'sessionId', paid.session_id,
    'paymentIntentId', paid.payment_intent_id, 'method', paid.method, 'reference', paid.reference)
$$;

revoke execute on function ticketing.payment_json from public;
