-- Coming events, soonest first. The cursor is the last event's start in microseconds and its id.
create or replace function ticketing.list_events(venue_id uuid, cursor text, page_size integer) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  after_start timestamptz := '-infinity';
  after_id uuid := '00000000-0000-0000-0000-000000000000';
  ids uuid[];
  starts timestamptz[];
begin
  if list_events.cursor is not null then
    if list_events.cursor !~ '^-?[0-9]{1,17}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
      return jsonb_build_object('outcome', 'bad_cursor');
    end if;
    after_start := 'epoch'::timestamptz
      + split_part(list_events.cursor, '.', 1)::bigint * interval '1 microsecond';
    after_id := split_part(list_events.cursor, '.', 2);
  end if;

  -- One more than a page tells whether there is a next one.
  select array_agg(f.event_id), array_agg(f.starts_at) into ids, starts
  from (
    select e.event_id, e.starts_at from ticketing.events e
    where e.venue_id = list_events.venue_id and e.over_at > moment
      and (e.starts_at, e.event_id) > (after_start, after_id)
    order by e.starts_at, e.event_id
    limit list_events.page_size + 1
  ) f;

  return jsonb_build_object(
    'outcome', 'found',
    'items', coalesce((
      select jsonb_agg(ticketing.event_json(f.event_id, moment, false))
      from unnest(ids[:list_events.page_size]) as f (event_id)
    ), '[]'),
    'nextCursor', case when cardinality(ids) > list_events.page_size then
      (extract(epoch from starts[list_events.page_size]) * 1000000)::bigint || '.' || ids[list_events.page_size]
    end);
end
$$;

revoke execute on function ticketing.list_events from public;
grant execute on function ticketing.list_events to venuekit_app;
