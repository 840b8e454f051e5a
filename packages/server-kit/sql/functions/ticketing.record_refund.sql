-- Durable. What came of asking the gateway for a refund of ours, by its own id. Locks the order.
create or replace function ticketing.record_refund(
  event_id uuid, order_id uuid, refund_id uuid, state text, gateway_refund_id text, error text
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  bought ticketing.orders;
  known ticketing.refunds;
begin
  perform venuekit.commit_durably();
  if record_refund.state not in ('unknown', 'pending', 'succeeded', 'failed', 'cancelled') then
    raise exception 'unknown state of a refund: %', record_refund.state using errcode = '22023';
  end if;
  select o.* into bought from ticketing.orders o
  where o.event_id = record_refund.event_id and o.order_id = record_refund.order_id
  for update;
  select r.* into known from ticketing.refunds r
  where r.event_id = bought.event_id and r.order_id = bought.order_id and r.refund_id = record_refund.refund_id;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  return jsonb_build_object('outcome', ticketing.apply_refund_state(
    known, record_refund.state, record_refund.gateway_refund_id, record_refund.error, venuekit.clock()));
end
$$;

revoke execute on function ticketing.record_refund from public;
grant execute on function ticketing.record_refund to venuekit_app;
