-- One event's audit in the port's shape, of its own findings among those given, in their order.
create or replace function ticketing.audited_event_json(event_id uuid, name text, findings ticketing.finding[])
returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'eventId', audited_event_json.event_id, 'name', audited_event_json.name,
    'findings', coalesce(jsonb_agg(ticketing.finding_json(f)) filter (where not f.skipped), '[]'),
    'skipped', coalesce(jsonb_agg(ticketing.finding_json(f)) filter (where f.skipped), '[]'))
  from unnest(audited_event_json.findings) as f
  where f.event_id = audited_event_json.event_id
$$;

revoke execute on function ticketing.audited_event_json from public;
