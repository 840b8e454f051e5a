-- Everything that a person on call looks at first. It reads what is kept and counts what waits: nothing of it grows
-- with the tickets that were sold.
create or replace function venuekit.read_operations() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  return venuekit.read_queues() || jsonb_build_object(
    'now', venuekit.iso(moment),
    'alerts', venuekit.read_alerts(100, 20),
    'health', (
      select jsonb_build_object(
        'events', count(*), 'eventsWithFaults', count(*) filter (where c.score > 0),
        -- As `ticketing.platform_parts` believes a checkpoint.
        'unchecked', count(*) filter (where c.checked_at is null or c.checked_at > moment or c.checked_at < moment - case
          when e.over_at < moment - interval '1 day' then interval '25 hours' else interval '15 minutes' end),
        'oldestCheckAt', venuekit.iso(min(c.checked_at) filter (where e.over_at >= moment - interval '1 day')),
        'parts', coalesce((
          select jsonb_object_agg(s.kind, s.amount)
          from (
            select p.key as kind, sum(p.value::integer) as amount
            from ticketing.health_checkpoints f
            cross join lateral jsonb_each_text(f.parts) as p
            where f.score > 0
            group by p.key
            having sum(p.value::integer) > 0
          ) s
        ), '{}'))
      from ticketing.events e
      left join ticketing.health_checkpoints c on c.event_id = e.event_id
    ),
    'places', (
      select jsonb_build_object(
        'capacity', coalesce(sum(i.capacity), 0), 'reserved', coalesce(sum(i.reserved), 0),
        'issued', coalesce(sum(i.issued), 0))
      from ticketing.tier_inventory i
    ),
    'reconciliation', (
      select jsonb_build_object(
        'runId', r.run_id, 'status', r.status, 'from', venuekit.iso(r.window_from),
        'until', venuekit.iso(r.window_until), 'startedAt', venuekit.iso(r.started_at),
        'finishedAt', venuekit.iso(r.finished_at), 'report', r.report)
      from venuekit.reconciliations r
      order by r.started_at desc
      limit 1
    ));
end
$$;

revoke execute on function venuekit.read_operations from public;
grant execute on function venuekit.read_operations to venuekit_app;
