-- The tickets of an order that admit and that no refund has taken yet.
create or replace function ticketing.valid_tickets(event_id uuid, order_id uuid) returns uuid[]
language sql stable security definer set search_path = ''
as $$
  select array_agg(k.ticket_id) from ticketing.tickets k
  where k.event_id = valid_tickets.event_id and k.order_id = valid_tickets.order_id and k.status = 'valid'
$$;

revoke execute on function ticketing.valid_tickets from public;
