-- Events as `create_event` takes them, in the order of their ids: those after one, or the given ones. With `status`
-- beside them. Capacities are today's, by the journal where a counter is gone.
create or replace function ticketing.export_events(
  after uuid, venue_id uuid, event_ids jsonb, max_events integer
) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('events', coalesce(jsonb_agg(
    jsonb_build_object(
      'status', e.status,
      'event', jsonb_build_object(
        'id', e.event_id, 'venueId', e.venue_id, 'name', e.name, 'description', e.description,
        'location', e.location, 'startsAt', venuekit.iso(e.starts_at), 'endsAt', venuekit.iso(e.ends_at),
        'timeZone', e.time_zone, 'currency', e.currency, 'maxPerOrder', e.max_per_order,
        'maxHoldSeconds', e.max_hold_seconds, 'delayedPayments', e.delayed_payments,
        'maxPendingSeconds', e.max_pending_seconds,
        'pools', coalesce((
          select jsonb_agg(
            jsonb_build_object('id', c.pool_id, 'name', c.name, 'capacity', coalesce(p.capacity, (
              select sum(j.capacity_delta)::integer from ticketing.journal j
              where j.event_id = c.event_id and j.pool_id = c.pool_id), 0)) order by c.position)
          from ticketing.capacity_pools c
          left join ticketing.pool_inventory p on p.event_id = c.event_id and p.pool_id = c.pool_id
          where c.event_id = e.event_id
        ), '[]'),
        'tiers', coalesce((
          select jsonb_agg(
            jsonb_build_object(
              'id', t.tier_id, 'name', t.name, 'description', t.description, 'priceMinor', t.price_minor,
              'capacity', coalesce(i.capacity, (
                select sum(j.capacity_delta)::integer from ticketing.journal j
                where j.event_id = t.event_id and j.tier_id = t.tier_id), 0),
              'maxPerOrder', t.max_per_order,
              'salesStartAt', venuekit.iso(t.sales_start_at), 'salesEndAt', venuekit.iso(t.sales_end_at),
              'poolId', t.pool_id)
            order by t.position)
          from ticketing.tiers t
          left join ticketing.tier_inventory i on i.event_id = t.event_id and i.tier_id = t.tier_id
          where t.event_id = e.event_id
        ), '[]')))
    order by e.event_id), '[]'))
  from (
    select * from ticketing.events e
    where (export_events.after is null or e.event_id > export_events.after)
      and (export_events.venue_id is null or e.venue_id = export_events.venue_id)
      and (export_events.event_ids is null or e.event_id in (
        select i.value::uuid from jsonb_array_elements_text(export_events.event_ids) as i (value)))
    order by e.event_id
    limit export_events.max_events
  ) e
$$;

revoke execute on function ticketing.export_events from public;
grant execute on function ticketing.export_events to venuekit_app;
