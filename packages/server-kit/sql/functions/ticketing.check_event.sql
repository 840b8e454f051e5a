-- Looks one event through and keeps the result as its checkpoint. Answers what is wrong now, and which kinds were wrong
-- at the last look and no longer are.
create or replace function ticketing.check_event(event_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  shown ticketing.events;
  before jsonb;
  parts jsonb;
begin
  select e.* into shown from ticketing.events e where e.event_id = check_event.event_id;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  parts := ticketing.health_parts(shown.event_id);
  select c.parts into before from ticketing.health_checkpoints c where c.event_id = shown.event_id for update;
  insert into ticketing.health_checkpoints as c (event_id, checked_at, score, parts)
  values (shown.event_id, moment, ticketing.health_score(parts), parts)
  on conflict on constraint health_checkpoints_key do update
  set checked_at = excluded.checked_at, score = excluded.score, parts = excluded.parts;
  return jsonb_build_object(
    'outcome', 'checked', 'eventId', shown.event_id, 'name', shown.name, 'score', ticketing.health_score(parts),
    'parts', parts,
    'mended', coalesce((
      select jsonb_agg(b.key order by b.key) from jsonb_each_text(before) as b
      where b.value::integer > 0 and coalesce((parts ->> b.key)::integer, 0) = 0
    ), '[]'));
end
$$;

revoke execute on function ticketing.check_event from public;
grant execute on function ticketing.check_event to venuekit_app;
