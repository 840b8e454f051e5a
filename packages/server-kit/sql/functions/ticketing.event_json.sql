-- An event in the contract's shape. `admin` adds the counters and pools. What has lost its counter is sold out: an audit
-- names it.
create or replace function ticketing.event_json(event_id uuid, moment timestamptz, admin boolean) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'id', e.event_id, 'name', e.name, 'description', e.description, 'location', e.location,
    'startsAt', venuekit.iso(e.starts_at), 'endsAt', venuekit.iso(e.ends_at), 'timeZone', e.time_zone,
    'currency', e.currency, 'status', e.status, 'maxPerOrder', e.max_per_order,
    'tiers', coalesce((
      select jsonb_agg(
        jsonb_build_object(
          'id', t.tier_id, 'name', t.name, 'description', t.description,
          'price', jsonb_build_object('amountMinor', t.price_minor, 'currency', e.currency),
          'status', case
            when t.sales_end_at <= event_json.moment or e.over_at <= event_json.moment then 'ended'
            when t.sales_start_at > event_json.moment then 'not_started'
            when room.places <= 0 then 'sold_out'
            else 'on_sale'
          end,
          'available', room.places, 'maxPerOrder', t.max_per_order,
          'salesStartAt', venuekit.iso(t.sales_start_at), 'salesEndAt', venuekit.iso(t.sales_end_at)
        ) || case when event_json.admin then jsonb_build_object(
          'poolId', t.pool_id, 'capacity', coalesce(i.capacity, 0), 'reserved', coalesce(i.reserved, 0),
          'issued', coalesce(i.issued, 0)
        ) else '{}' end
        order by t.position)
      from ticketing.tiers t
      left join ticketing.tier_inventory i on i.event_id = t.event_id and i.tier_id = t.tier_id
      left join ticketing.pool_inventory p on p.event_id = t.event_id and p.pool_id = t.pool_id
      cross join lateral (
        select least(coalesce(i.capacity - i.reserved - i.issued, 0),
          case when t.pool_id is not null then coalesce(p.capacity - p.reserved - p.issued, 0) end) as places
      ) room
      where t.event_id = e.event_id
    ), '[]')
  ) || case when event_json.admin then jsonb_build_object('pools', coalesce((
    select jsonb_agg(
      jsonb_build_object('id', c.pool_id, 'name', c.name, 'capacity', coalesce(p.capacity, 0),
        'reserved', coalesce(p.reserved, 0), 'issued', coalesce(p.issued, 0))
      order by c.position)
    from ticketing.capacity_pools c
    left join ticketing.pool_inventory p on p.event_id = c.event_id and p.pool_id = c.pool_id
    where c.event_id = e.event_id
  ), '[]')) else '{}' end
  from ticketing.events e
  where e.event_id = event_json.event_id
$$;

revoke execute on function ticketing.event_json from public;
