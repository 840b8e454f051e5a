create or replace function ticketing.get_order(event_id uuid, order_id uuid) returns jsonb
language sql volatile security definer set search_path = ''
as $$
  select coalesce((
    select jsonb_build_object(
      'outcome', 'found',
      'order', ticketing.order_json(o.event_id, o.order_id, venuekit.clock()),
      'venueId', e.venue_id, 'tokenVersion', o.token_version, 'returnUrl', o.return_url, 'locale', o.locale,
      'event', jsonb_build_object('name', e.name, 'delayedPayments', e.delayed_payments),
      'attempt', (
        select ticketing.attempt_json(a) from ticketing.attempts a
        where a.event_id = o.event_id and a.order_id = o.order_id
        order by a.status <> 'closed' desc, a.begun_at desc, a.attempt_id
        limit 1
      ),
      'reason', o.reason)
    from ticketing.orders o
    join ticketing.events e on e.event_id = o.event_id
    where o.event_id = get_order.event_id and o.order_id = get_order.order_id
  ), '{"outcome": "not_found"}')
$$;

revoke execute on function ticketing.get_order from public;
grant execute on function ticketing.get_order to venuekit_app;
