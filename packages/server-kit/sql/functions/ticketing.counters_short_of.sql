-- Tiers and pools whose counters cannot give back what the lines of these orders count there: they say less, or are gone.
-- For a batch that was refused and goes on without them.
create or replace function ticketing.counters_short_of(event_id uuid, order_ids uuid[]) returns uuid[]
language sql stable security definer set search_path = ''
as $$
  select coalesce(array_agg(l.counter_id), '{}')
  from (
    select c.counter_id, coalesce(sum(i.quantity) filter (where i.counted_as = 'reserved'), 0) as reserved,
      coalesce(sum(i.quantity - i.returned) filter (where i.counted_as = 'issued'), 0) as issued
    from ticketing.order_items i
    cross join lateral (values (i.tier_id), (i.pool_id)) as c (counter_id)
    where i.event_id = counters_short_of.event_id and i.order_id = any (counters_short_of.order_ids)
      and c.counter_id is not null and i.counted_as <> 'none'
    group by c.counter_id
  ) l
  left join (
    select t.tier_id as counter_id, t.reserved, t.issued from ticketing.tier_inventory t
    where t.event_id = counters_short_of.event_id
    union all
    select p.pool_id, p.reserved, p.issued from ticketing.pool_inventory p
    where p.event_id = counters_short_of.event_id
  ) c on c.counter_id = l.counter_id
  where c.counter_id is null or c.reserved < l.reserved or c.issued < l.issued
$$;

revoke execute on function ticketing.counters_short_of from public;
