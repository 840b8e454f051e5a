-- The tickets that a refund takes.
create or replace function ticketing.refunded_tickets(event_id uuid, order_id uuid, refund_id uuid) returns uuid[]
language sql stable security definer set search_path = ''
as $$
  select array(
    select k.ticket_id
    from ticketing.refund_tickets rt
    join ticketing.tickets k
      on k.event_id = rt.event_id and k.order_id = rt.order_id and k.line = rt.line and k.ordinal = rt.ordinal
    where rt.event_id = refunded_tickets.event_id and rt.order_id = refunded_tickets.order_id
      and rt.refund_id = refunded_tickets.refund_id
    order by k.ticket_id
  )
$$;

revoke execute on function ticketing.refunded_tickets from public;
