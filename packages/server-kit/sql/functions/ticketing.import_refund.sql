-- Durable. A refund as the gateway has it: one of ours by the id it carries, one we know by the gateway's id, or one
-- that somebody made in the dashboard. Facts always import: our own request of the same amount that was never sent
-- becomes it, others give way. Locks the order.
create or replace function ticketing.import_refund(
  event_id uuid, order_id uuid, payment_id uuid, refund jsonb
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  bought ticketing.orders;
  paid ticketing.payments;
  known ticketing.refunds;
  gateway_id text := import_refund.refund ->> 'gatewayRefundId';
  own_id uuid := (import_refund.refund ->> 'refundId')::uuid;
  amount bigint := (import_refund.refund ->> 'amountMinor')::bigint;
  state text := import_refund.refund ->> 'state';
  result text;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  select o.* into bought from ticketing.orders o
  where o.event_id = import_refund.event_id and o.order_id = import_refund.order_id
  for update;
  moment := venuekit.clock();
  select p.* into paid from ticketing.payments p
  where p.event_id = bought.event_id and p.order_id = bought.order_id and p.payment_id = import_refund.payment_id;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;

  select r.* into known from ticketing.refunds r
  where r.event_id = paid.event_id and r.order_id = paid.order_id and r.payment_id = paid.payment_id
    and (r.gateway_refund_id = gateway_id
      or (r.gateway_refund_id is null and r.refund_id = own_id and r.amount_minor = amount)
      or (r.gateway_refund_id is null and r.status = 'requested' and r.amount_minor = amount
        and state in ('pending', 'succeeded')))
  order by r.gateway_refund_id is null, r.refund_id is distinct from own_id, r.requested_at, r.refund_id
  limit 1;
  if not found then
    known := ticketing.record_foreign_refund(bought, paid, import_refund.refund, moment);
    if known.refund_id is null then
      return jsonb_build_object('outcome', 'noted');
    elsif known.status <> 'requested' then
      return jsonb_build_object('outcome', known.status, 'refundId', known.refund_id);
    end if;
  end if;
  result := ticketing.apply_refund_state(known, state, gateway_id, null, moment);
  return jsonb_build_object('outcome', result, 'refundId', known.refund_id);
end
$$;

revoke execute on function ticketing.import_refund from public;
grant execute on function ticketing.import_refund to venuekit_app;
