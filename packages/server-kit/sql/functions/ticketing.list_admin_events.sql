-- All events of a venue with their counters, the latest show first, past and cancelled ones too. The cursor is the last
-- event's start in microseconds and its id.
create or replace function ticketing.list_admin_events(venue_id uuid, cursor text, page_size integer) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  before_start timestamptz := 'infinity';
  before_id uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  ids uuid[];
  starts timestamptz[];
begin
  if list_admin_events.cursor is not null then
    if list_admin_events.cursor !~ '^-?[0-9]{1,17}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
      return jsonb_build_object('outcome', 'bad_cursor');
    end if;
    before_start := 'epoch'::timestamptz
      + split_part(list_admin_events.cursor, '.', 1)::bigint * interval '1 microsecond';
    before_id := split_part(list_admin_events.cursor, '.', 2);
  end if;

  -- One more than a page tells whether there is a next one.
  select array_agg(f.event_id), array_agg(f.starts_at) into ids, starts
  from (
    select e.event_id, e.starts_at from ticketing.events e
    where e.venue_id = list_admin_events.venue_id and (e.starts_at, e.event_id) < (before_start, before_id)
    order by e.starts_at desc, e.event_id desc
    limit list_admin_events.page_size + 1
  ) f;
  return jsonb_build_object(
    'outcome', 'found',
    'items', coalesce((
      select jsonb_agg(ticketing.event_json(f.event_id, moment, true))
      from unnest(ids[:list_admin_events.page_size]) as f (event_id)
    ), '[]'),
    'nextCursor', case when cardinality(ids) > list_admin_events.page_size then
      (extract(epoch from starts[list_admin_events.page_size]) * 1000000)::bigint || '.'
        || ids[list_admin_events.page_size]
    end);
end
$$;

revoke execute on function ticketing.list_admin_events from public;
grant execute on function ticketing.list_admin_events to venuekit_app;
