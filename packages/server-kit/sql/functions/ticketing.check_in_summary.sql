-- How many tickets of an event admit, and how many of them came in: all together, by tier and by gate.
create or replace function ticketing.check_in_summary(event_id uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with seen as (
    select i.tier_id, k.status, c.nonce, c.gate, coalesce(c.scanned_at, c.recorded_at) as came_at
    from ticketing.tickets k
    join ticketing.order_items i on i.event_id = k.event_id and i.order_id = k.order_id and i.line = k.line
    left join ticketing.check_ins c on c.event_id = k.event_id and c.ticket_id = k.ticket_id
      and c.outcome = 'admitted' and c.undone_at is null
    where k.event_id = check_in_summary.event_id
  ), by_tier as (
    select s.tier_id, count(*) filter (where s.status = 'valid') as valid,
      count(*) filter (where s.status = 'valid' and s.nonce is not null) as admitted,
      count(*) filter (where s.status = 'blocked') as blocked
    from seen s group by s.tier_id
  )
  select coalesce((
    select jsonb_build_object('outcome', 'found', 'summary', jsonb_build_object(
      'eventId', e.event_id,
      'valid', coalesce((select sum(b.valid) from by_tier b), 0)::integer,
      'admitted', coalesce((select sum(b.admitted) from by_tier b), 0)::integer,
      'blocked', coalesce((select sum(b.blocked) from by_tier b), 0)::integer,
      'admittedNotValid', (select count(*)::integer from seen s where s.status <> 'valid' and s.nonce is not null),
      'conflicts', (
        select count(*)::integer from ticketing.check_ins c
        where c.event_id = e.event_id and c.scanned_at is not null and c.outcome <> 'admitted'),
      'lastAdmittedAt', (select venuekit.iso(max(s.came_at)) from seen s where s.nonce is not null),
      'tiers', coalesce((
        select jsonb_agg(
          jsonb_build_object('tierId', t.tier_id, 'name', t.name, 'valid', coalesce(b.valid, 0)::integer,
            'admitted', coalesce(b.admitted, 0)::integer, 'blocked', coalesce(b.blocked, 0)::integer)
          order by t.position)
        from ticketing.tiers t left join by_tier b on b.tier_id = t.tier_id
        where t.event_id = e.event_id
      ), '[]'),
      'gates', coalesce((
        select jsonb_agg(jsonb_build_object('gate', g.gate, 'admitted', g.admitted) order by g.gate)
        from (
          select s.gate, count(*)::integer as admitted from seen s where s.nonce is not null group by s.gate
        ) g
      ), '[]')))
    from ticketing.events e
    where e.event_id = check_in_summary.event_id
  ), jsonb_build_object('outcome', 'not_found'))
$$;

revoke execute on function ticketing.check_in_summary from public;
grant execute on function ticketing.check_in_summary to venuekit_app;
