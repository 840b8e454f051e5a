-- The tickets mail once more, under the next version. The caller holds the order's lock, so versions do not collide.
create or replace function ticketing.queue_tickets_again(bought ticketing.orders, moment timestamptz) returns void
language sql volatile security definer set search_path = ''
as $$
  select venuekit.queue_message('tickets', bought.event_id, bought.order_id, coalesce(max(m.version), 0) + 1, moment)
  from venuekit.outbox m
  where m.event_id = bought.event_id and m.order_id = bought.order_id and m.kind = 'tickets'
$$;

revoke execute on function ticketing.queue_tickets_again from public;
