-- Our rows of refunds at the gateway; `keys` is a list of {eventId, gatewayRefundId}.
create or replace function ticketing.find_refunds(keys jsonb) returns jsonb
language sql volatile security definer set search_path = ''
as $$
  select jsonb_build_object('refunds', coalesce(jsonb_agg(jsonb_build_object(
    'gatewayRefundId', r.gateway_refund_id, 'refundId', r.refund_id, 'status', r.status,
    'amountMinor', r.amount_minor, 'currency', r.currency)), '[]'))
  from jsonb_to_recordset(find_refunds.keys) as k ("eventId" uuid, "gatewayRefundId" text)
  join ticketing.refunds r on r.event_id = k."eventId" and r.gateway_refund_id = k."gatewayRefundId"
$$;

revoke execute on function ticketing.find_refunds from public;
grant execute on function ticketing.find_refunds to venuekit_app;
