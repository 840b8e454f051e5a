-- Counters of some events that do not say what orders and tickets say, or not what their journal says, those that
-- hold more than they can, and those that are gone; by all lines and entries, or from the checkpoints on. A place that
-- is counted as reserved while no order holds it is a ghost: nobody can buy it. Amounts end at the largest integer: what
-- somebody wrote into one row must not break the audit of all events.
create or replace function ticketing.find_counter_faults(event_ids uuid[], whole boolean) returns setof ticketing.finding
language sql stable security definer set search_path = ''
as $$
  with counters as materialized (
    select c.*, case when c.pool_id is null then 'tier' else 'pool' end as noun
    from (
      select t.* from ticketing.counter_truths(find_counter_faults.event_ids) as t where find_counter_faults.whole
      union all
      select d.event_id, t.*
      from unnest(find_counter_faults.event_ids) as d (event_id)
      cross join lateral ticketing.counter_estimates(d.event_id) as t
      where not find_counter_faults.whole
    ) c
  )
  select f.kind, c.event_id, c.tier_id, c.pool_id, null::uuid, null::text, least(f.amount, 2147483647)::integer, f.numbers,
    f.sentence, false
  from counters c
  cross join lateral (
    select 'ghost_reservations' as kind, (c.reserved - c.held)::bigint as amount,
      jsonb_build_object('counted', c.reserved, 'held', c.held, 'capacity', c.capacity) as numbers,
      format('%s "%s" counts %s places as reserved, but orders hold only %s: %s cannot be sold and nobody has them.',
        initcap(c.noun), c.name, c.reserved, c.held, c.reserved - c.held) as sentence
    where c.reserved > c.held
    union all
    select 'counter_drift', abs(least(c.reserved - c.held, 0)) + abs((c.issued - c.taken)::bigint),
      jsonb_build_object('countedReserved', c.reserved, 'held', c.held, 'countedIssued', c.issued, 'taken', c.taken,
        'capacity', c.capacity),
      format('%s "%s" counts %s reserved and %s issued, but its orders say %s and %s.',
        initcap(c.noun), c.name, c.reserved, c.issued, c.held, c.taken)
    where c.reserved < c.held or c.issued <> c.taken
    union all
    select 'counter_drift', greatest(c.held + c.taken, 1),
      jsonb_build_object('held', c.held, 'taken', c.taken, 'capacity', c.journal_capacity),
      format('%s "%s" has no counter any more, so that nothing of it can be sold or issued; its orders hold %s and took %s of %s.',
        initcap(c.noun), c.name, c.held, c.taken, c.journal_capacity)
    where c.capacity is null
    union all
    select 'journal_drift',
      abs(c.capacity::bigint - c.journal_capacity) + abs(c.reserved::bigint - c.journal_reserved)
        + abs(c.issued::bigint - c.journal_issued),
      jsonb_build_object('capacity', c.capacity, 'journalCapacity', c.journal_capacity, 'countedReserved', c.reserved,
        'journalReserved', c.journal_reserved, 'countedIssued', c.issued, 'journalIssued', c.journal_issued),
      format('%s "%s" counts %s reserved and %s issued of %s, but its journal adds up to %s and %s of %s.',
        initcap(c.noun), c.name, c.reserved, c.issued, c.capacity, c.journal_reserved, c.journal_issued,
        c.journal_capacity)
    where (c.capacity, c.reserved, c.issued) <> (c.journal_capacity, c.journal_reserved, c.journal_issued)
    union all
    select 'oversold_' || c.noun || 's', c.held + c.taken - c.capacity,
      jsonb_build_object('held', c.held, 'taken', c.taken, 'capacity', c.capacity),
      format('%s "%s" has room for %s, but %s are issued and %s held: raise its capacity or refund a ticket.',
        initcap(c.noun), c.name, c.capacity, c.taken, c.held)
    where c.held + c.taken > c.capacity
  ) f
  order by c.event_id, f.kind, c.pool_id nulls first, c.tier_id
$$;

revoke execute on function ticketing.find_counter_faults from public;
grant execute on function ticketing.find_counter_faults to venuekit_ops;
