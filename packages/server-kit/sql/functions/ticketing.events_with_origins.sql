-- Events that were over so long ago and whose orders still say where they came from, the longest past first.
create or replace function ticketing.events_with_origins(days integer, max_events integer) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
  kept_from timestamptz := venuekit.clock() - events_with_origins.days * interval '1 day';
begin
  return jsonb_build_object('eventIds', coalesce((
    select jsonb_agg(d.event_id)
    from (
      select e.event_id from ticketing.events e
      where e.over_at < kept_from and (e.origins_cleared_at is null or e.origins_cleared_at < e.over_at)
      order by e.over_at, e.event_id
      limit events_with_origins.max_events
    ) d
  ), '[]'));
end
$$;

revoke execute on function ticketing.events_with_origins from public;
grant execute on function ticketing.events_with_origins to venuekit_app;
