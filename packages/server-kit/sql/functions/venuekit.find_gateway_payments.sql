-- What we recorded about these objects of the gateway. `status` is null where the payment's own row is lost.
create or replace function venuekit.find_gateway_payments(account text, object_ids jsonb) returns jsonb
language sql volatile security definer set search_path = ''
as $$
  select jsonb_build_object('payments', coalesce(jsonb_agg(
    jsonb_build_object(
      'objectId', g.object_id, 'eventId', g.event_id, 'orderId', g.order_id, 'paymentId', g.payment_id,
      'status', p.status, 'amountMinor', p.amount_minor, 'currency', p.currency, 'mode', p.mode)), '[]'))
  from venuekit.gateway_objects g
  left join ticketing.payments p
    on p.event_id = g.event_id and p.order_id = g.order_id and p.payment_id = g.payment_id
  where g.account = find_gateway_payments.account and g.object_id in (
    select o.id from jsonb_array_elements_text(find_gateway_payments.object_ids) as o (id)
  )
$$;

revoke execute on function venuekit.find_gateway_payments from public;
grant execute on function venuekit.find_gateway_payments to venuekit_app;
