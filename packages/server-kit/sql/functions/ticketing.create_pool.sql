-- Durable; idempotent by the pool's id.
create or replace function ticketing.create_pool(event_id uuid, pool jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  show ticketing.events;
  stored record;
  wanted_id uuid := (create_pool.pool ->> 'id')::uuid;
  pool_capacity integer := (create_pool.pool ->> 'capacity')::integer;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  select e.* into show from ticketing.events e where e.event_id = create_pool.event_id for no key update;
  moment := venuekit.clock();
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  elsif show.status = 'cancelled' then
    return jsonb_build_object('outcome', 'cancelled');
  end if;
  select p.name, i.capacity into stored
  from ticketing.capacity_pools p
  join ticketing.pool_inventory i on i.event_id = p.event_id and i.pool_id = p.pool_id
  where p.event_id = show.event_id and p.pool_id = wanted_id;
  if found then
    if stored.name = create_pool.pool ->> 'name' and stored.capacity = pool_capacity then
      return ticketing.get_admin_event(show.event_id);
    end if;
    return jsonb_build_object('outcome', 'conflict');
  elsif (select count(*) from ticketing.capacity_pools p where p.event_id = show.event_id) >= 50 then
    return jsonb_build_object('outcome', 'too_many');
  end if;

  insert into ticketing.capacity_pools (event_id, pool_id, position, name)
  select show.event_id, wanted_id, coalesce(max(p.position), 0) + 1, create_pool.pool ->> 'name'
  from ticketing.capacity_pools p where p.event_id = show.event_id;
  insert into ticketing.pool_inventory (event_id, pool_id, capacity) values (show.event_id, wanted_id, pool_capacity);
  if pool_capacity > 0 then
    insert into ticketing.journal (event_id, occurred_at, kind, pool_id, capacity_delta)
    values (show.event_id, moment, 'capacity', wanted_id, pool_capacity);
  end if;
  return ticketing.get_admin_event(show.event_id);
end
$$;

revoke execute on function ticketing.create_pool from public;
grant execute on function ticketing.create_pool to venuekit_app;
