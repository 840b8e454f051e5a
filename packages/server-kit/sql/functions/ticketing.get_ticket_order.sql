-- The order that a ticket of the event belongs to.
create or replace function ticketing.get_ticket_order(event_id uuid, ticket_id uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce((
    select jsonb_build_object('outcome', 'found', 'orderId', k.order_id, 'tierId', i.tier_id, 'poolId', i.pool_id,
      'status', k.status)
    from ticketing.tickets k
    join ticketing.order_items i on i.event_id = k.event_id and i.order_id = k.order_id and i.line = k.line
    where k.event_id = get_ticket_order.event_id and k.ticket_id = get_ticket_order.ticket_id and k.ordinal > 0
  ), jsonb_build_object('outcome', 'not_found'))
$$;

revoke execute on function ticketing.get_ticket_order from public;
grant execute on function ticketing.get_ticket_order to venuekit_app;
