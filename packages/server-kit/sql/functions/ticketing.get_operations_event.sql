-- One event with its health and up to 50 of its findings, looked at here and now: a large one from its checkpoint on,
-- as `ticketing.health_parts` does.
create or replace function ticketing.get_operations_event(event_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  shown ticketing.events;
  found_now ticketing.finding[];
  parts jsonb;
begin
  select e.* into shown from ticketing.events e where e.event_id = get_operations_event.event_id;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if ticketing.is_large_event(shown.event_id) then
    found_now := array(select f from ticketing.recent_findings(shown.event_id) as f);
  else
    found_now := array(select f from ticketing.event_findings(shown.event_id) as f);
  end if;
  parts := ticketing.findings_to_parts(found_now);
  return jsonb_build_object(
    'outcome', 'found',
    'event', ticketing.operations_event_json(shown, moment) || jsonb_build_object('health', jsonb_build_object(
      'score', ticketing.health_score(parts), 'parts', parts, 'checkedAt', venuekit.iso(moment))),
    'pools', coalesce((
      select jsonb_agg(jsonb_build_object(
        'id', c.pool_id, 'name', c.name, 'capacity', p.capacity, 'reserved', p.reserved, 'issued', p.issued)
        order by c.position)
      from ticketing.capacity_pools c
      join ticketing.pool_inventory p on p.event_id = c.event_id and p.pool_id = c.pool_id
      where c.event_id = shown.event_id
    ), '[]'),
    'findings', coalesce((
      select jsonb_agg(jsonb_build_object('kind', f.kind, 'sentence', f.sentence, 'orderId', f.order_id))
      from (select f.* from unnest(found_now) as f where not f.skipped order by f.amount desc limit 50) f
    ), '[]'));
end
$$;

revoke execute on function ticketing.get_operations_event from public;
grant execute on function ticketing.get_operations_event to venuekit_app;
