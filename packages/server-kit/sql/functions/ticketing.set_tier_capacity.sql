-- Durable. Never below what is reserved and issued: that floor is answered instead. The change is journalled with its
-- actor. Locks the tier's counter alone.
create or replace function ticketing.set_tier_capacity(
  event_id uuid, tier_id uuid, capacity integer, actor text
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  counter ticketing.tier_inventory;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  if coalesce(set_tier_capacity.actor, '') = '' then
    raise exception 'a capacity is set by an actor' using errcode = '22023';
  end if;
  select i.* into counter from ticketing.tier_inventory i
  where i.event_id = set_tier_capacity.event_id and i.tier_id = set_tier_capacity.tier_id
  for no key update;
  moment := venuekit.clock();
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  elsif set_tier_capacity.capacity < counter.reserved + counter.issued then
    return jsonb_build_object('outcome', 'below_floor', 'reserved', counter.reserved, 'issued', counter.issued);
  end if;

  if set_tier_capacity.capacity <> counter.capacity then
    insert into ticketing.journal (event_id, occurred_at, kind, tier_id, capacity_delta, actor)
    values (counter.event_id, moment, 'capacity', counter.tier_id,
      set_tier_capacity.capacity - counter.capacity, set_tier_capacity.actor);
    update ticketing.tier_inventory i set capacity = set_tier_capacity.capacity
    where i.event_id = counter.event_id and i.tier_id = counter.tier_id;
  end if;
  return ticketing.get_admin_event(counter.event_id);
end
$$;

revoke execute on function ticketing.set_tier_capacity from public;
grant execute on function ticketing.set_tier_capacity to venuekit_app;
