-- Pinned posts first, then the others, each newest first. The cursor `<part>.<position>.<moment>` names the part of the
-- list it stands in, `p` pinned or `o` other, the last post's position, and when the reader began, in microseconds:
-- what was pinned after that stays in its place among the others for this reader, so that no change of pins between two
-- pages hides a post. A post may then come twice, never not at all. The reader begins three seconds early, as long as
-- a pin may wait for its COMMIT unseen. Cursors end after a week.
create or replace function feed.list_posts(
  feed_id uuid, venue_id uuid, viewer_id text, moderator boolean, cursor text, page_size integer
) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  began timestamptz := moment - interval '3 seconds';
  -- The first page shows as pinned what is, later ones what was when the reader began.
  pinned_until timestamptz := 'infinity';
  in_pinned boolean := list_posts.cursor is null or list_posts.cursor like 'p.%';
  -- Stands above every position, so that each part is one range of its index.
  top text collate "C" := '~';
  below text collate "C" := coalesce(nullif(split_part(list_posts.cursor, '.', 2), ''), top);
  others_below text collate "C" := case when in_pinned then top else below end;
  page feed.posts[];
  last feed.posts;
begin
  if not exists (
    select from feed.feeds f where f.feed_id = list_posts.feed_id and f.venue_id = list_posts.venue_id
  ) then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if list_posts.cursor is not null then
    if list_posts.cursor !~ '^[po]\.[0-9a-f]{14}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9]{1,17}$' then
      return jsonb_build_object('outcome', 'bad_cursor');
    end if;
    began := 'epoch'::timestamptz + split_part(list_posts.cursor, '.', 3)::bigint * interval '1 microsecond';
    if began > moment then
      return jsonb_build_object('outcome', 'bad_cursor');
    elsif began < moment - interval '7 days' then
      return jsonb_build_object('outcome', 'cursor_expired');
    end if;
    pinned_until := began;
  end if;

  -- One more than a page tells whether there is a next one.
  select array_agg(l.post) into page
  from (
    (
      select 2 as part, p.position, p as post from feed.posts p
      where p.feed_id = list_posts.feed_id and p.deleted_at is null
        and (p.pinned_at is null or p.pinned_at > pinned_until) and p.position < others_below
      order by p.position desc
      limit list_posts.page_size + 1
    )
    union all
    (
      select 1, p.position, p from feed.posts p
      where in_pinned and p.feed_id = list_posts.feed_id and p.deleted_at is null
        and p.pinned_at is not null and p.pinned_at <= pinned_until and p.position < below
      order by p.position desc
      limit list_posts.page_size + 1
    )
    order by part, position desc
    limit list_posts.page_size + 1
  ) l;

  last := page[list_posts.page_size];
  return jsonb_build_object(
    'outcome', 'found',
    'items', coalesce((
      select jsonb_agg(feed.post_json(page[n], list_posts.viewer_id, list_posts.moderator))
      from generate_series(1, least(coalesce(cardinality(page), 0), list_posts.page_size)) as n
    ), '[]'),
    'nextCursor', case when cardinality(page) > list_posts.page_size then
      case when last.pinned_at <= pinned_until then 'p.' else 'o.' end || last.position || '.'
        || (extract(epoch from began) * 1000000)::bigint
    end);
end
$$;

revoke execute on function feed.list_posts from public;
grant execute on function feed.list_posts to venuekit_app;
