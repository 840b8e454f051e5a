-- What is wrong beside any event: gateway events that were given up or that nobody works on, and money that no order of
-- ours explains.
create or replace function venuekit.inbox_findings() returns setof ticketing.finding
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  return query
  select 'dead_webhooks', null::uuid, null::uuid, null::uuid, null::uuid, w.gateway_event_id, 1,
    jsonb_build_object('account', w.account, 'type', w.type, 'status', w.status, 'tries', w.tries,
      'receivedAt', venuekit.iso(w.received_at)),
    format('Gateway event %s (%s) %s since %s (%s tries).', w.gateway_event_id, w.type,
      case w.status when 'dead' then 'was given up; it waits' else 'has waited' end, venuekit.iso(w.received_at),
      w.tries),
    false
  from venuekit.webhooks w
  where w.status = 'dead'
    -- A try comes after four minutes at the latest: one that is due later was written wrongly and would never come.
    or (w.status = 'pending' and w.received_at < moment - interval '15 minutes'
      and (w.next_try_at < moment - interval '15 minutes' or w.next_try_at > moment + interval '15 minutes'))
  union all
  select 'orphan_payments', null, null, null, null, p.session_id, 1,
    jsonb_build_object('account', p.account, 'status', p.status, 'amountMinor', p.amount_minor, 'currency', p.currency,
      'eventId', p.event_id, 'orderId', p.order_id, 'firstSeenAt', venuekit.iso(p.first_seen_at)),
    format('Session %s was paid (%s %s in minor units) for order %s, which is not here.', p.session_id, p.amount_minor,
      p.currency, p.order_id),
    false
  from venuekit.orphan_payments p
  where p.status = 'review'
    or (p.status in ('waiting', 'refunding') and p.first_seen_at < moment - interval '1 hour');
end
$$;

revoke execute on function venuekit.inbox_findings from public;
grant execute on function venuekit.inbox_findings to venuekit_ops;
