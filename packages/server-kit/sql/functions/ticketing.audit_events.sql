-- Looks through the events after one, by id, until they have sold `max_places` together, at least one. Answers how many
-- it looked through, the last of them (null after the end), and those where something was found or skipped.
create or replace function ticketing.audit_events(after uuid, max_places integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  event_ids uuid[];
  found_now ticketing.finding[];
begin
  event_ids := array(
    select d.event_id
    from (
      select p.event_id, sum(p.places) over (order by p.event_id) - p.places as places_before
      from (
        select e.event_id, (
          select coalesce(sum(i.reserved + i.issued), 0) from ticketing.tier_inventory i where i.event_id = e.event_id
        ) as places
        from ticketing.events e
        where audit_events.after is null or e.event_id > audit_events.after
        order by e.event_id
        limit 500
      ) p
    ) d
    where d.places_before < audit_events.max_places
    order by d.event_id
  );
  found_now := array(select f from ticketing.findings_of_events(event_ids) as f);
  return jsonb_build_object(
    'eventsAudited', cardinality(event_ids), 'lastEventId', event_ids[cardinality(event_ids)],
    'events', coalesce((
      select jsonb_agg(ticketing.audited_event_json(e.event_id, e.name, found_now) order by e.event_id)
      from ticketing.events e
      where e.event_id in (select f.event_id from unnest(found_now) as f)
    ), '[]'));
end
$$;

revoke execute on function ticketing.audit_events from public;
grant execute on function ticketing.audit_events to venuekit_app;
