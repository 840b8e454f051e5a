-- As `ticketing.counter_truths`, from the event's checkpoint and the tail of the journal alone.
create or replace function ticketing.counter_estimates(event_id uuid) returns table (
  tier_id uuid, pool_id uuid, name text, capacity integer, reserved integer, issued integer, held integer,
  taken integer, journal_capacity integer, journal_reserved integer, journal_issued integer
)
language sql stable security definer set search_path = ''
as $$
  with tail as materialized (
    select coalesce(j.tier_id, j.pool_id) as counter_id,
      greatest(least(sum(j.capacity_delta), 1000000000), -1000000000)::integer as capacity,
      greatest(least(sum(j.reserved_delta), 1000000000), -1000000000)::integer as reserved,
      greatest(least(sum(j.issued_delta), 1000000000), -1000000000)::integer as issued
    from ticketing.journal j
    where j.event_id = counter_estimates.event_id and j.payment_id is null
      and j.entry_id > (
        select c.entry_id from ticketing.health_checkpoints c where c.event_id = counter_estimates.event_id)
    group by 1
  ), counters as (
    select t.tier_id, null::uuid as pool_id, t.tier_id as counter_id, t.name, i.capacity, i.reserved, i.issued
    from ticketing.tiers t
    left join ticketing.tier_inventory i on i.event_id = t.event_id and i.tier_id = t.tier_id
    where t.event_id = counter_estimates.event_id
    union all
    select null, p.pool_id, p.pool_id, p.name, i.capacity, i.reserved, i.issued
    from ticketing.capacity_pools p
    left join ticketing.pool_inventory i on i.event_id = p.event_id and i.pool_id = p.pool_id
    where p.event_id = counter_estimates.event_id
  )
  select c.tier_id, c.pool_id, c.name, c.capacity, c.reserved, c.issued, s.reserved + coalesce(k.held_beyond, 0),
    s.issued + coalesce(k.taken_beyond, 0), s.capacity, s.reserved, s.issued
  from counters c
  left join ticketing.counter_checkpoints k
    on k.event_id = counter_estimates.event_id and k.counter_id = c.counter_id
  left join tail t on t.counter_id = c.counter_id
  cross join lateral (
    select coalesce(k.capacity, 0) + coalesce(t.capacity, 0) as capacity,
      coalesce(k.reserved, 0) + coalesce(t.reserved, 0) as reserved,
      coalesce(k.issued, 0) + coalesce(t.issued, 0) as issued
  ) s
$$;

revoke execute on function ticketing.counter_estimates from public;
grant execute on function ticketing.counter_estimates to venuekit_ops;
