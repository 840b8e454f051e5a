create or replace function ticketing.get_admin_order(event_id uuid, order_id uuid) returns jsonb
language sql volatile security definer set search_path = ''
as $$
  select coalesce((
    select jsonb_build_object('outcome', 'found', 'order',
      ticketing.order_json(o.event_id, o.order_id, venuekit.clock()) || jsonb_build_object(
        'payments', coalesce((
          select jsonb_agg(
            jsonb_build_object(
              'id', p.payment_id, 'kind', p.kind, 'status', p.status,
              'amount', jsonb_build_object('amountMinor', p.amount_minor, 'currency', p.currency),
              'refunded', jsonb_build_object('amountMinor', p.refunded_minor, 'currency', p.currency),
              'disputed', jsonb_build_object(
                'amountMinor', (
                  select coalesce(sum(d.counted_minor), 0)::bigint from ticketing.disputes d
                  where d.event_id = p.event_id and d.order_id = p.order_id and d.payment_id = p.payment_id
                ),
                'currency', p.currency),
              'gatewayObjectId', coalesce(p.payment_intent_id, p.session_id), 'reason', p.reason,
              'receivedAt', venuekit.iso(p.received_at))
            order by p.received_at, p.payment_id)
          from ticketing.payments p where p.event_id = o.event_id and p.order_id = o.order_id
        ), '[]'),
        'refunds', coalesce((
          select jsonb_agg(ticketing.refund_json(r) order by r.requested_at, r.refund_id)
          from ticketing.refunds r where r.event_id = o.event_id and r.order_id = o.order_id
        ), '[]'),
        'reviewReason', case when o.status = 'needs_review' then o.reason end,
        'attribution', o.origin -> 'attribution'))
    from ticketing.orders o
    where o.event_id = get_admin_order.event_id and o.order_id = get_admin_order.order_id
  ), '{"outcome": "not_found"}')
$$;

revoke execute on function ticketing.get_admin_order from public;
grant execute on function ticketing.get_admin_order to venuekit_app;
