-- Durable. Stops sales, or lets them go on. Holds that exist may still be paid.
create or replace function ticketing.pause_event(event_id uuid, paused boolean, actor text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  show ticketing.events;
  changed ticketing.events;
  wanted text := case when pause_event.paused then 'paused' else 'scheduled' end;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  if coalesce(pause_event.actor, '') = '' then
    raise exception 'sales are stopped and resumed by an actor' using errcode = '22023';
  end if;
  select e.* into show from ticketing.events e where e.event_id = pause_event.event_id for no key update;
  moment := venuekit.clock();
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  elsif show.status = 'cancelled' then
    return jsonb_build_object('outcome', 'cancelled');
  end if;
  update ticketing.events e set status = wanted, paused_or_resumed_at = moment, paused_or_resumed_by = pause_event.actor
  where e.event_id = show.event_id and e.status <> wanted
  returning * into changed;
  if found then
    perform ticketing.note_change(
      show.event_id, null, pause_event.actor, to_jsonb(show), to_jsonb(changed), moment);
  end if;
  return ticketing.get_admin_event(show.event_id);
end
$$;

revoke execute on function ticketing.pause_event from public;
grant execute on function ticketing.pause_event to venuekit_app;
