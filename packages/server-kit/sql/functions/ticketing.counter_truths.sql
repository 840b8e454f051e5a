-- Each counter of an event beside what its order lines and its journal say. A line holds a place only while its order
-- does, and takes one only where its order was issued: truth is orders and tickets.
create or replace function ticketing.counter_truths(event_id uuid) returns table (
  tier_id uuid, pool_id uuid, name text, capacity integer, reserved integer, issued integer, held integer,
  taken integer, journal_capacity integer, journal_reserved integer, journal_issued integer
)
language sql stable security definer set search_path = ''
as $$
  with lines as materialized (
    select i.tier_id, i.pool_id,
      sum(case when i.counted_as = 'reserved' then i.quantity else 0 end) as held,
      sum(case when i.counted_as = 'issued' then i.quantity - i.returned else 0 end) as taken
    from ticketing.order_items i
    join ticketing.orders o on o.event_id = i.event_id and o.order_id = i.order_id
    where i.event_id = counter_truths.event_id and o.event_id = counter_truths.event_id
      and case i.counted_as
        when 'reserved' then o.status in ('reserved', 'expiring', 'payment_pending', 'needs_review', 'fulfilled')
        when 'issued' then o.status in ('fulfilled', 'refunded')
        else false
      end
    group by i.tier_id, i.pool_id
  ), entries as materialized (
    select j.tier_id, j.pool_id, sum(j.capacity_delta)::integer as capacity, sum(j.reserved_delta)::integer as reserved,
      sum(j.issued_delta)::integer as issued
    from ticketing.journal j
    where j.event_id = counter_truths.event_id and j.payment_id is null
    group by j.tier_id, j.pool_id
  )
  select t.tier_id, null::uuid, t.name, c.capacity, c.reserved, c.issued,
    coalesce(l.held, 0)::integer, coalesce(l.taken, 0)::integer,
    coalesce(e.capacity, 0), coalesce(e.reserved, 0), coalesce(e.issued, 0)
  from ticketing.tier_inventory c
  join ticketing.tiers t on t.event_id = c.event_id and t.tier_id = c.tier_id
  left join (select l.tier_id, sum(l.held) as held, sum(l.taken) as taken from lines l group by l.tier_id) l
    on l.tier_id = c.tier_id
  left join entries e on e.tier_id = c.tier_id
  where c.event_id = counter_truths.event_id
  union all
  select null, p.pool_id, p.name, c.capacity, c.reserved, c.issued,
    coalesce(l.held, 0)::integer, coalesce(l.taken, 0)::integer,
    coalesce(e.capacity, 0), coalesce(e.reserved, 0), coalesce(e.issued, 0)
  from ticketing.pool_inventory c
  join ticketing.capacity_pools p on p.event_id = c.event_id and p.pool_id = c.pool_id
  left join (select l.pool_id, sum(l.held) as held, sum(l.taken) as taken from lines l group by l.pool_id) l
    on l.pool_id = c.pool_id
  left join entries e on e.pool_id = c.pool_id
  where c.event_id = counter_truths.event_id
$$;

revoke execute on function ticketing.counter_truths from public;
grant execute on function ticketing.counter_truths to venuekit_ops;
