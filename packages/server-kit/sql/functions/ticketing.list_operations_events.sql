-- Events of all venues by their last known health, start, share sold or name, with how many fit in all. The cursor is
-- how many were shown before: an order by what changes meanwhile has no better one.
create or replace function ticketing.list_operations_events(
  search text, filter text, sort text, cursor text, page_size integer
) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  pattern text := '%' || replace(replace(replace(list_operations_events.search, '\', '\\'), '%', '\%'), '_', '\_') || '%';
  shown_before integer := 0;
  fitting uuid[];
begin
  if list_operations_events.cursor is not null then
    if list_operations_events.cursor !~ '^[0-9]{1,7}$' then
      return jsonb_build_object('outcome', 'bad_cursor');
    end if;
    shown_before := list_operations_events.cursor::integer;
  end if;
  fitting := array(
    select e.event_id
    from ticketing.events e
    left join ticketing.health_checkpoints c on c.event_id = e.event_id
    left join lateral (
      select sum(i.issued + i.reserved)::float8 / nullif(sum(i.capacity), 0) as share
      from ticketing.tier_inventory i
      where i.event_id = e.event_id and list_operations_events.sort = 'sold'
    ) s on true
    where (list_operations_events.search is null or e.name ilike pattern
        or e.event_id::text = lower(list_operations_events.search))
      and case list_operations_events.filter
        when 'attention' then c.score > 0
        when 'coming' then e.over_at > moment and e.status <> 'cancelled'
        when 'over' then e.over_at <= moment or e.status = 'cancelled'
        else true
      end
    order by
      case when list_operations_events.sort = 'score' then coalesce(c.score, 0) end desc,
      case when list_operations_events.sort = 'sold' then coalesce(s.share, 0) end desc,
      case when list_operations_events.sort = 'name' then lower(e.name) end,
      -- The next show first; what is over comes behind, the latest first.
      e.over_at <= moment,
      abs(extract(epoch from e.starts_at - moment)),
      e.event_id);
  return jsonb_build_object(
    'outcome', 'found',
    'total', cardinality(fitting),
    'items', coalesce((
      select jsonb_agg(ticketing.operations_event_json(e, moment) order by f.place)
      from unnest(fitting[shown_before + 1 : shown_before + list_operations_events.page_size])
        with ordinality as f (event_id, place)
      join ticketing.events e on e.event_id = f.event_id
    ), '[]'),
    'nextCursor', case when cardinality(fitting) > shown_before + list_operations_events.page_size then
      (shown_before + list_operations_events.page_size)::text
    end);
end
$$;

revoke execute on function ticketing.list_operations_events from public;
grant execute on function ticketing.list_operations_events to venuekit_app;
