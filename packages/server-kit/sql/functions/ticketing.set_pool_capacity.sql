-- Durable. Never below what is reserved and issued: that floor is answered instead. The change is journalled with its
-- actor. Locks the pool's counter alone.
create or replace function ticketing.set_pool_capacity(
  event_id uuid, pool_id uuid, capacity integer, actor text
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  counter ticketing.pool_inventory;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  if coalesce(set_pool_capacity.actor, '') = '' then
    raise exception 'a capacity is set by an actor' using errcode = '22023';
  end if;
  select i.* into counter from ticketing.pool_inventory i
  where i.event_id = set_pool_capacity.event_id and i.pool_id = set_pool_capacity.pool_id
  for no key update;
  moment := venuekit.clock();
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  elsif set_pool_capacity.capacity < counter.reserved + counter.issued then
    return jsonb_build_object('outcome', 'below_floor', 'reserved', counter.reserved, 'issued', counter.issued);
  end if;

  if set_pool_capacity.capacity <> counter.capacity then
    insert into ticketing.journal (event_id, occurred_at, kind, pool_id, capacity_delta, actor)
    values (counter.event_id, moment, 'capacity', counter.pool_id,
      set_pool_capacity.capacity - counter.capacity, set_pool_capacity.actor);
    update ticketing.pool_inventory i set capacity = set_pool_capacity.capacity
    where i.event_id = counter.event_id and i.pool_id = counter.pool_id;
  end if;
  return ticketing.get_admin_event(counter.event_id);
end
$$;

revoke execute on function ticketing.set_pool_capacity from public;
grant execute on function ticketing.set_pool_capacity to venuekit_app;
