-- Each counter of some events beside what its order lines and its journal say. A line holds a place only while its order
-- does, and takes one only where its order was issued: truth is orders and tickets. Of a counter whose row is gone
-- `capacity`, `reserved` and `issued` are null.
create or replace function ticketing.counter_truths(event_ids uuid[]) returns table (
  event_id uuid, tier_id uuid, pool_id uuid, name text, capacity integer, reserved integer, issued integer, held integer,
  taken integer, journal_capacity integer, journal_reserved integer, journal_issued integer
)
-- Planned for its arguments each time: one event is read by its keys, very many from end to end.
language plpgsql stable security definer set search_path = '' set plan_cache_mode = 'force_custom_plan'
set work_mem = '32MB'
as $$
#variable_conflict use_column
begin
  return query
  with lines as materialized (
    select i.event_id, i.tier_id, i.pool_id,
      sum(case when i.counted_as = 'reserved' then i.quantity else 0 end) as held,
      sum(case when i.counted_as = 'issued' then i.quantity - i.returned else 0 end) as taken
    from ticketing.order_items i
    join ticketing.orders o on o.event_id = i.event_id and o.order_id = i.order_id
    where i.event_id = any (counter_truths.event_ids) and o.event_id = any (counter_truths.event_ids)
      and case i.counted_as
        when 'reserved' then o.status in ('reserved', 'expiring', 'payment_pending', 'needs_review', 'fulfilled')
        when 'issued' then o.status in ('fulfilled', 'refunded')
        else false
      end
    group by i.event_id, i.tier_id, i.pool_id
  ), entries as materialized (
    -- Within what can be added up: one mad entry must not break the audit of all events.
    select j.event_id, j.tier_id, j.pool_id,
      greatest(least(sum(j.capacity_delta), 1000000000), -1000000000)::integer as capacity,
      greatest(least(sum(j.reserved_delta), 1000000000), -1000000000)::integer as reserved,
      greatest(least(sum(j.issued_delta), 1000000000), -1000000000)::integer as issued
    from ticketing.journal j
    where j.event_id = any (counter_truths.event_ids) and j.payment_id is null
    group by j.event_id, j.tier_id, j.pool_id
  )
  select t.event_id, t.tier_id, null::uuid, t.name, c.capacity, c.reserved, c.issued,
    coalesce(l.held, 0)::integer, coalesce(l.taken, 0)::integer,
    coalesce(e.capacity, 0), coalesce(e.reserved, 0), coalesce(e.issued, 0)
  from ticketing.tiers t
  left join ticketing.tier_inventory c on c.event_id = t.event_id and c.tier_id = t.tier_id
  left join (
    select l.event_id, l.tier_id, sum(l.held) as held, sum(l.taken) as taken from lines l group by l.event_id, l.tier_id
  ) l on l.event_id = t.event_id and l.tier_id = t.tier_id
  left join entries e on e.event_id = t.event_id and e.tier_id = t.tier_id
  where t.event_id = any (counter_truths.event_ids)
  union all
  select p.event_id, null, p.pool_id, p.name, c.capacity, c.reserved, c.issued,
    coalesce(l.held, 0)::integer, coalesce(l.taken, 0)::integer,
    coalesce(e.capacity, 0), coalesce(e.reserved, 0), coalesce(e.issued, 0)
  from ticketing.capacity_pools p
  left join ticketing.pool_inventory c on c.event_id = p.event_id and c.pool_id = p.pool_id
  left join (
    select l.event_id, l.pool_id, sum(l.held) as held, sum(l.taken) as taken from lines l group by l.event_id, l.pool_id
  ) l on l.event_id = p.event_id and l.pool_id = p.pool_id
  left join entries e on e.event_id = p.event_id and e.pool_id = p.pool_id
  where p.event_id = any (counter_truths.event_ids);
end
$$;

revoke execute on function ticketing.counter_truths from public;
grant execute on function ticketing.counter_truths to venuekit_ops;
