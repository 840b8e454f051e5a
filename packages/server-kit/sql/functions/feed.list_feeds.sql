-- The feeds of all venues or of one, by their ids. The cursor is the last one's id.
create or replace function feed.list_feeds(venue_id uuid, cursor text, page_size integer) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  page feed.feeds[];
begin
  if list_feeds.cursor !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    return jsonb_build_object('outcome', 'bad_cursor');
  end if;
  -- One more than a page tells whether there is a next one.
  select array_agg(f) into page from (
    select f.* from feed.feeds f
    where (list_feeds.venue_id is null or f.venue_id = list_feeds.venue_id)
      and (list_feeds.cursor is null or f.feed_id > list_feeds.cursor::uuid)
    order by f.feed_id
    limit list_feeds.page_size + 1
  ) f;
  return jsonb_build_object(
    'outcome', 'found',
    'items', coalesce((
      select jsonb_agg(feed.feed_json(page[n]))
      from generate_series(1, least(coalesce(cardinality(page), 0), list_feeds.page_size)) as n
    ), '[]'),
    'nextCursor', case when cardinality(page) > list_feeds.page_size then page[list_feeds.page_size].feed_id end);
end
$$;

revoke execute on function feed.list_feeds from public;
grant execute on function feed.list_feeds to venuekit_app;
