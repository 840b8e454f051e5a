-- Durable. Changes what `change` names and nothing else, and notes who changed it.
create or replace function ticketing.update_event(event_id uuid, change jsonb, actor text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  show ticketing.events;
  before jsonb;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  if coalesce(update_event.actor, '') = '' then
    raise exception 'an event is changed by an actor' using errcode = '22023';
  end if;
  select e.* into show from ticketing.events e where e.event_id = update_event.event_id for no key update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  moment := venuekit.clock();
  before := to_jsonb(show);
  show.name := coalesce(update_event.change ->> 'name', show.name);
  show.starts_at := coalesce((update_event.change ->> 'startsAt')::timestamptz, show.starts_at);
  show.max_per_order := coalesce((update_event.change ->> 'maxPerOrder')::integer, show.max_per_order);
  if update_event.change ? 'description' then
    show.description := update_event.change ->> 'description';
  end if;
  if update_event.change ? 'location' then
    show.location := update_event.change ->> 'location';
  end if;
  if update_event.change ? 'endsAt' then
    show.ends_at := (update_event.change ->> 'endsAt')::timestamptz;
  end if;
  if show.ends_at <= show.starts_at then
    return jsonb_build_object('outcome', 'ends_before_start');
  end if;

  update ticketing.events e
  set name = show.name, description = show.description, location = show.location, starts_at = show.starts_at,
    ends_at = show.ends_at, over_at = coalesce(show.ends_at, show.starts_at + interval '12 hours'),
    max_per_order = show.max_per_order
  where e.event_id = show.event_id
  returning * into show;
  perform ticketing.note_change(show.event_id, null, update_event.actor, before, to_jsonb(show), moment);
  return ticketing.get_admin_event(show.event_id);
end
$$;

revoke execute on function ticketing.update_event from public;
grant execute on function ticketing.update_event to venuekit_app;
