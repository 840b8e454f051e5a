-- Durable; idempotent by the event's id. One transaction for event, pools, tiers, counters and their journal.
create or replace function ticketing.create_event(event_id uuid, event jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  starts_at timestamptz := create_event.event ->> 'startsAt';
  ends_at timestamptz := create_event.event ->> 'endsAt';
  most_per_order integer := coalesce((create_event.event ->> 'maxPerOrder')::integer, 10);
begin
  perform venuekit.commit_durably();
  perform moment at time zone (create_event.event ->> 'timeZone'); -- raises 22023 where the zone is unknown
  if not exists (select from venuekit.venues v where v.venue_id = (create_event.event ->> 'venueId')::uuid) then
    return jsonb_build_object('outcome', 'unknown_venue');
  end if;

  insert into ticketing.events (
    event_id, venue_id, name, description, location, starts_at, ends_at, over_at, time_zone, currency,
    max_per_order, max_hold_seconds, delayed_payments, max_pending_seconds, created_from, created_at
  ) values (
    create_event.event_id, (create_event.event ->> 'venueId')::uuid, create_event.event ->> 'name',
    create_event.event ->> 'description', create_event.event ->> 'location',
    starts_at, ends_at, coalesce(ends_at, starts_at + interval '12 hours'),
    create_event.event ->> 'timeZone', create_event.event ->> 'currency', most_per_order,
    coalesce((create_event.event ->> 'maxHoldSeconds')::integer, 7200),
    coalesce((create_event.event ->> 'delayedPayments')::boolean, false),
    coalesce((create_event.event ->> 'maxPendingSeconds')::integer, 1209600), create_event.event, moment
  )
  on conflict (event_id) do nothing;
  if not found then
    return (
      select case
        when e.created_from = create_event.event then jsonb_build_object(
          'outcome', 'exists', 'event', ticketing.event_json(e.event_id, moment, true))
        else jsonb_build_object('outcome', 'conflict')
      end
      from ticketing.events e where e.event_id = create_event.event_id
    );
  end if;

  insert into ticketing.capacity_pools (event_id, pool_id, position, name)
  select create_event.event_id, (p.value ->> 'id')::uuid, p.place, p.value ->> 'name'
  from jsonb_array_elements(create_event.event -> 'pools') with ordinality as p (value, place);
  insert into ticketing.pool_inventory (event_id, pool_id, capacity)
  select create_event.event_id, (p.value ->> 'id')::uuid, (p.value ->> 'capacity')::integer
  from jsonb_array_elements(create_event.event -> 'pools') as p (value);

  insert into ticketing.tiers (
    event_id, tier_id, position, name, description, price_minor, max_per_order, sales_start_at, sales_end_at, pool_id
  )
  select create_event.event_id, (t.value ->> 'id')::uuid, t.place, t.value ->> 'name', t.value ->> 'description',
    (t.value ->> 'priceMinor')::bigint, coalesce((t.value ->> 'maxPerOrder')::integer, most_per_order),
    (t.value ->> 'salesStartAt')::timestamptz, (t.value ->> 'salesEndAt')::timestamptz, (t.value ->> 'poolId')::uuid
  from jsonb_array_elements(create_event.event -> 'tiers') with ordinality as t (value, place);
  insert into ticketing.tier_inventory (event_id, tier_id, capacity)
  select create_event.event_id, (t.value ->> 'id')::uuid, (t.value ->> 'capacity')::integer
  from jsonb_array_elements(create_event.event -> 'tiers') as t (value);

  insert into ticketing.journal (event_id, occurred_at, kind, tier_id, pool_id, capacity_delta)
  select create_event.event_id, moment, 'capacity', c.tier_id, c.pool_id, c.capacity
  from (
    select i.tier_id, null::uuid as pool_id, i.capacity from ticketing.tier_inventory i
    where i.event_id = create_event.event_id
    union all
    select null, i.pool_id, i.capacity from ticketing.pool_inventory i where i.event_id = create_event.event_id
  ) c
  where c.capacity <> 0;

  return jsonb_build_object(
    'outcome', 'created', 'event', ticketing.event_json(create_event.event_id, moment, true));
end
$$;

revoke execute on function ticketing.create_event from public;
grant execute on function ticketing.create_event to venuekit_app;
