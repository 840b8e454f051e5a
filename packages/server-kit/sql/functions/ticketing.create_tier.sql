-- Durable; idempotent by the tier's id. The event's lock keeps positions apart and the number of tiers in bounds.
create or replace function ticketing.create_tier(event_id uuid, tier jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  show ticketing.events;
  wanted ticketing.tiers;
  stored record;
  tier_capacity integer := (create_tier.tier ->> 'capacity')::integer;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  select e.* into show from ticketing.events e where e.event_id = create_tier.event_id for no key update;
  moment := venuekit.clock();
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  elsif show.status = 'cancelled' then
    return jsonb_build_object('outcome', 'cancelled');
  end if;
  wanted.event_id := show.event_id;
  wanted.tier_id := (create_tier.tier ->> 'id')::uuid;
  wanted.name := create_tier.tier ->> 'name';
  wanted.description := create_tier.tier ->> 'description';
  wanted.price_minor := (create_tier.tier ->> 'priceMinor')::bigint;
  wanted.max_per_order := coalesce((create_tier.tier ->> 'maxPerOrder')::integer, show.max_per_order);
  wanted.sales_start_at := (create_tier.tier ->> 'salesStartAt')::timestamptz;
  wanted.sales_end_at := (create_tier.tier ->> 'salesEndAt')::timestamptz;
  wanted.pool_id := (create_tier.tier ->> 'poolId')::uuid;
  select coalesce(max(t.position), 0) + 1 into wanted.position from ticketing.tiers t
  where t.event_id = show.event_id;

  select t as tier, i.capacity into stored
  from ticketing.tiers t
  join ticketing.tier_inventory i on i.event_id = t.event_id and i.tier_id = t.tier_id
  where t.event_id = wanted.event_id and t.tier_id = wanted.tier_id;
  if found then
    wanted.position := (stored.tier).position;
    if stored.tier is not distinct from wanted and stored.capacity = tier_capacity then
      return ticketing.get_admin_event(show.event_id);
    end if;
    return jsonb_build_object('outcome', 'conflict');
  elsif wanted.price_minor % ticketing.currency_step(show.currency) <> 0 then
    return jsonb_build_object('outcome', 'price_off_step', 'currency', show.currency);
  elsif wanted.pool_id is not null and not exists (
    select from ticketing.capacity_pools p where p.event_id = show.event_id and p.pool_id = wanted.pool_id
  ) then
    return jsonb_build_object('outcome', 'unknown_pool');
  elsif (select count(*) from ticketing.tiers t where t.event_id = show.event_id) >= 100 then
    return jsonb_build_object('outcome', 'too_many');
  end if;

  insert into ticketing.tiers select wanted.*;
  insert into ticketing.tier_inventory (event_id, tier_id, capacity)
  values (wanted.event_id, wanted.tier_id, tier_capacity);
  if tier_capacity > 0 then
    insert into ticketing.journal (event_id, occurred_at, kind, tier_id, capacity_delta)
    values (wanted.event_id, moment, 'capacity', wanted.tier_id, tier_capacity);
  end if;
  return ticketing.get_admin_event(show.event_id);
end
$$;

revoke execute on function ticketing.create_tier from public;
grant execute on function ticketing.create_tier to venuekit_app;
