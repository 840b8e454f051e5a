-- An event as the operations page lists it: what it sold, and what the last look of `check-health` found.
create or replace function ticketing.operations_event_json(shown ticketing.events, moment timestamptz) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'id', shown.event_id, 'name', shown.name, 'status', shown.status, 'startsAt', venuekit.iso(shown.starts_at),
    'timeZone', shown.time_zone, 'currency', shown.currency, 'over', shown.over_at <= moment,
    'capacity', coalesce(sum(i.capacity), 0), 'reserved', coalesce(sum(i.reserved), 0),
    'issued', coalesce(sum(i.issued), 0),
    'tiers', coalesce(jsonb_agg(jsonb_build_object(
      'id', t.tier_id, 'name', t.name, 'capacity', coalesce(i.capacity, 0), 'reserved', coalesce(i.reserved, 0),
      'issued', coalesce(i.issued, 0))
      order by t.position) filter (where t.tier_id is not null), '[]'),
    'health', (
      select jsonb_build_object('score', c.score, 'parts', c.parts, 'checkedAt', venuekit.iso(c.checked_at))
      from ticketing.health_checkpoints c where c.event_id = shown.event_id
    ))
  from (select shown.event_id) e
  left join ticketing.tiers t on t.event_id = e.event_id
  left join ticketing.tier_inventory i on i.event_id = t.event_id and i.tier_id = t.tier_id
$$;

revoke execute on function ticketing.operations_event_json from public;
