-- A refund in the contract's shape.
create or replace function ticketing.refund_json(refund ticketing.refunds) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'id', refund.refund_id, 'paymentId', refund.payment_id, 'status', refund.status,
    'amount', jsonb_build_object('amountMinor', refund.amount_minor, 'currency', refund.currency),
    'ticketIds', to_jsonb(ticketing.refunded_tickets(refund.event_id, refund.order_id, refund.refund_id)),
    'gatewayRefundId', refund.gateway_refund_id, 'origin', refund.origin, 'actor', refund.actor,
    'reason', refund.reason, 'requestedAt', venuekit.iso(refund.requested_at))
$$;

revoke execute on function ticketing.refund_json from public;
