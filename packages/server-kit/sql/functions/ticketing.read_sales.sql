-- Sales over time, of one event or, by null, of all: 72 times five minutes, 72 hours or 60 days, every one of them.
-- What is kept by period, and the tail of the journal that is not added up yet. Days begin in `time_zone`.
-- Places reserved at a bucket's end are those of now less what came after.
create or replace function ticketing.read_sales(event_id uuid, step text, time_zone text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  today timestamp := date_trunc('day', moment at time zone read_sales.time_zone);
  -- What hours are counted from: not every zone is whole hours from UTC.
  midnight timestamptz := today at time zone read_sales.time_zone;
  starts timestamptz[];
  reserved_now bigint;
begin
  if read_sales.event_id is not null
    and not exists (select from ticketing.events e where e.event_id = read_sales.event_id) then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  starts := case read_sales.step
    when 'minutes' then array(
      select date_bin('5 minutes', moment, 'epoch') - n * interval '5 minutes' from generate_series(71, 0, -1) as n)
    when 'hour' then array(
      select date_bin('1 hour', moment, midnight) - n * interval '1 hour' from generate_series(71, 0, -1) as n)
    else array(
      select (today - n * interval '1 day') at time zone read_sales.time_zone from generate_series(59, 0, -1) as n)
  end;
  select coalesce(sum(i.reserved), 0) into reserved_now from ticketing.tier_inventory i
  where read_sales.event_id is null or i.event_id = read_sales.event_id;

  return jsonb_build_object('outcome', 'found', 'sales', (
    with rows as (
      select p.starts_at, p.currency, p.issued, p.returned, p.reserved, p.taken_minor, p.given_back_minor
      from venuekit.sales_periods p
      where read_sales.event_id is null and p.starts_at >= starts[1]
      union all
      select p.starts_at, p.currency, p.issued, p.returned, p.reserved, p.taken_minor, p.given_back_minor
      from ticketing.sales_periods p
      where p.event_id = read_sales.event_id and p.starts_at >= starts[1]
      union all
      select t.starts_at, t.currency, t.issued, t.returned, t.reserved, t.taken_minor, t.given_back_minor
      from ticketing.sales_in_journal(read_sales.event_id, null) t
      where t.starts_at >= starts[1]
    ), placed as (
      select width_bucket(r.starts_at, starts) as number, r.currency, sum(r.issued) as issued,
        sum(r.returned) as returned, sum(r.reserved) as reserved, sum(r.taken_minor) as taken_minor,
        sum(r.given_back_minor) as given_back_minor
      from rows r
      group by 1, 2
    ), totals as (
      select p.number, sum(p.issued) as issued, sum(p.returned) as returned, sum(p.reserved) as reserved,
        jsonb_agg(jsonb_build_object('amountMinor', p.taken_minor, 'currency', p.currency) order by p.currency)
          filter (where p.taken_minor > 0) as taken,
        jsonb_agg(jsonb_build_object('amountMinor', p.given_back_minor, 'currency', p.currency) order by p.currency)
          filter (where p.given_back_minor > 0) as given_back
      from placed p
      group by 1
    )
    select jsonb_build_object(
      'step', read_sales.step, 'timeZone', read_sales.time_zone, 'reservedNow', reserved_now,
      'buckets', jsonb_agg(jsonb_build_object(
        'startsAt', venuekit.iso(s.starts_at), 'issued', coalesce(t.issued, 0), 'returned', coalesce(t.returned, 0),
        'reserved', reserved_now - s.later,
        'taken', coalesce(t.taken, '[]'), 'givenBack', coalesce(t.given_back, '[]')) order by s.number))
    from (
      select b.number, b.starts_at,
        coalesce(sum(m.reserved) over (order by b.number desc rows between unbounded preceding and 1 preceding), 0) as later
      from unnest(starts) with ordinality as b (starts_at, number)
      left join totals m on m.number = b.number
    ) s
    left join totals t on t.number = s.number
  ));
end
$$;

revoke execute on function ticketing.read_sales from public;
grant execute on function ticketing.read_sales to venuekit_app;
