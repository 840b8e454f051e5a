-- Puts the lines of a locked order right, then their counters, tiers by id and pools by id. Records what it changed;
-- answers whether anything was wrong.
create or replace function ticketing.set_lines(bought ticketing.orders, actor text, moment timestamptz) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  counter record;
  changed jsonb;
begin
  with wanted as (
    select i.line, i.counted_as as was, i.returned as had_returned,
      case
        when bought.status in ('reserved', 'expiring', 'payment_pending') then 'reserved'
        when bought.status = 'fulfilled' then 'issued'
        when bought.status = 'refunded' and i.counted_as <> 'reserved' then i.counted_as
        else 'none'
      end::ticketing.counted_as as counted_as,
      (select count(*)::integer from ticketing.tickets k
        where k.event_id = i.event_id and k.order_id = i.order_id and k.line = i.line and k.status = 'void'
          and k.ordinal <= i.quantity) as returned
    from ticketing.order_items i
    where i.event_id = bought.event_id and i.order_id = bought.order_id
  ), mended as (
    update ticketing.order_items i set counted_as = w.counted_as, returned = w.returned
    from wanted w
    where i.event_id = bought.event_id and i.order_id = bought.order_id and i.line = w.line
      and (w.was, w.had_returned) <> (w.counted_as, w.returned)
    returning i.line, w.was, w.had_returned, i.counted_as, i.returned
  )
  select jsonb_build_object(
    'before', jsonb_agg(jsonb_build_object('line', m.line, 'countedAs', m.was, 'returned', m.had_returned)),
    'after', jsonb_agg(jsonb_build_object('line', m.line, 'countedAs', m.counted_as, 'returned', m.returned)))
  into changed from mended m having count(*) > 0;
  if changed is null then
    return false;
  end if;
  insert into ticketing.repairs (event_id, kind, actor, repaired_at, order_id, before, after)
  values (
    bought.event_id, 'lines', set_lines.actor, set_lines.moment, bought.order_id, changed -> 'before', changed -> 'after');

  for counter in
    select distinct c.tier_id, c.pool_id
    from ticketing.order_items i
    cross join lateral (
      select i.tier_id, null::uuid as pool_id union all select null, i.pool_id where i.pool_id is not null
    ) c
    where i.event_id = bought.event_id and i.order_id = bought.order_id
    order by c.tier_id nulls last, c.pool_id
  loop
    perform ticketing.set_counter(bought.event_id, counter.tier_id, counter.pool_id, set_lines.actor, set_lines.moment);
  end loop;
  return true;
end
$$;

revoke execute on function ticketing.set_lines from public;
