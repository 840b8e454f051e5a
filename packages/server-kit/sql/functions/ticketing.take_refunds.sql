-- Leases due refunds of one event to a worker. Durable, and before any call: one that was never sent is `unknown` from
-- here on, so that whatever happens to the worker it is looked for before it is sent again. A disputed payment waits.
-- `may_send_again`: the gateway remembers the key for a day; after 23 hours only `restart_refund` allows it.
create or replace function ticketing.take_refunds(
  event_id uuid, max_refunds integer, worker text, lease_seconds integer
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
-- Stays on the index of what is due, by its order, where the table was never analyzed.
set enable_sort = off set enable_bitmapscan = off set enable_hashjoin = off
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  taken jsonb;
begin
  perform venuekit.commit_durably();
  with due as (
    select r.ctid as place, r.status as was from ticketing.refunds r
    where r.event_id = take_refunds.event_id and r.status in ('requested', 'unknown', 'pending')
      and r.next_try_at <= moment
      and (r.status <> 'requested' or not ticketing.is_disputed(r.event_id, r.payment_id))
    order by r.next_try_at, r.refund_id
    limit take_refunds.max_refunds
    for update skip locked
  ), leased as (
    update ticketing.refunds r
    set status = case r.status when 'requested' then 'unknown' else r.status end, leased_by = take_refunds.worker,
      tries = r.tries + 1, next_try_at = moment + take_refunds.lease_seconds * interval '1 second',
      first_sent_at = coalesce(r.first_sent_at, moment)
    from due d
    -- Locked, so it stays where it is; by its key a fresh planner reads the whole event instead.
    where r.event_id = take_refunds.event_id and r.ctid = d.place
    returning r.*, d.was
  )
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'refundId', l.refund_id, 'eventId', l.event_id, 'orderId', l.order_id, 'paymentId', l.payment_id,
      'amountMinor', l.amount_minor, 'currency', l.currency, 'tries', l.tries,
      'sessionId', p.session_id, 'paymentIntentId', p.payment_intent_id, 'gatewayRefundId', l.gateway_refund_id,
      'task', case when l.was = 'requested' then 'send' when l.gateway_refund_id is null then 'look' else 'ask' end,
      'maySendAgain', l.first_sent_at > moment - interval '23 hours')
    order by l.requested_at, l.refund_id), '[]')
  into taken
  from leased l
  join ticketing.payments p on p.event_id = l.event_id and p.order_id = l.order_id and p.payment_id = l.payment_id;
  return jsonb_build_object('refunds', taken);
end
$$;

revoke execute on function ticketing.take_refunds from public;
grant execute on function ticketing.take_refunds to venuekit_app;
