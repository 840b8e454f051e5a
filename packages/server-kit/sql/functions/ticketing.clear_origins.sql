-- One batch of an event's orders forgets where they came from; places, money and the journal know nothing of it. Locks
-- the orders by id; where none is left it locks none, and notes on the event that it is through. Durable.
create or replace function ticketing.clear_origins(event_id uuid, after uuid, max_orders integer) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  ids uuid[];
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  ids := array(
    select o.order_id from ticketing.orders o
    where o.event_id = clear_origins.event_id and o.origin is not null
      and o.order_id > coalesce(clear_origins.after, '00000000-0000-0000-0000-000000000000')
    order by o.order_id
    limit clear_origins.max_orders
    for no key update
  );
  moment := venuekit.clock();
  if cardinality(ids) = 0 then
    update ticketing.events e set origins_cleared_at = moment where e.event_id = clear_origins.event_id;
    return jsonb_build_object('cleared', 0, 'after', null);
  end if;
  update ticketing.orders o set origin = null
  where o.event_id = clear_origins.event_id and o.order_id = any (ids);
  return jsonb_build_object('cleared', cardinality(ids), 'after', ids[cardinality(ids)]);
end
$$;

revoke execute on function ticketing.clear_origins from public;
grant execute on function ticketing.clear_origins to venuekit_app;
