-- A page of all events by id; `after` is the last id of the page before.
create or replace function ticketing.events_to_audit(after uuid, max_events integer) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('eventIds', coalesce(jsonb_agg(d.event_id order by d.event_id), '[]'))
  from (
    select e.event_id from ticketing.events e
    where events_to_audit.after is null or e.event_id > events_to_audit.after
    order by e.event_id
    limit events_to_audit.max_events
  ) d
$$;

revoke execute on function ticketing.events_to_audit from public;
grant execute on function ticketing.events_to_audit to venuekit_app;
