-- The orders that a reference names: an order, a ticket, or what the gateway calls a session or a payment. For a person
-- who has nothing but that: it looks through all events.
create or replace function ticketing.locate_order(reference text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  id uuid := case
    when locate_order.reference ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then locate_order.reference::uuid
  end;
begin
  return (
    select jsonb_build_object('orders', coalesce(
      jsonb_agg(distinct jsonb_build_object('eventId', f.event_id, 'orderId', f.order_id)), '[]'))
    from (
      select o.event_id, o.order_id from ticketing.orders o where o.order_id = id
      union select t.event_id, t.order_id from ticketing.tickets t where t.ticket_id = id
      union select g.event_id, g.order_id from venuekit.gateway_objects g
      where id is null and g.object_id = locate_order.reference
      union select a.event_id, a.order_id from ticketing.attempts a
      where id is null and a.session_id = locate_order.reference
    ) f
  );
end
$$;

revoke execute on function ticketing.locate_order from public;
grant execute on function ticketing.locate_order to venuekit_app;
