-- Pinned posts first, then the others, each newest first. The cursor is the last post's position, marked with the part
-- of the list it stands in: `p.` pinned, `o.` other.
create or replace function feed.list_posts(
  feed_id uuid, venue_id uuid, viewer_id text, cursor text, page_size integer
) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  in_pinned boolean := list_posts.cursor is null or list_posts.cursor like 'p.%';
  below text collate "C" := substr(list_posts.cursor, 3);
  page feed.posts[];
begin
  if not exists (
    select from feed.feeds f where f.feed_id = list_posts.feed_id and f.venue_id = list_posts.venue_id
  ) then
    return jsonb_build_object('outcome', 'not_found');
  elsif list_posts.cursor !~ '^[po]\.[0-9a-f-]{1,60}$' then
    return jsonb_build_object('outcome', 'bad_cursor');
  end if;

  -- One more than a page tells whether there is a next one.
  select array_agg(l.post order by l.part, (l.post).position desc) into page
  from (
    (
      select 1 as part, p as post from feed.posts p
      where in_pinned and p.feed_id = list_posts.feed_id and p.deleted_at is null and p.pinned_at is not null
        and (below is null or p.position < below)
      order by p.position desc
      limit list_posts.page_size + 1
    )
    union all
    (
      select 2, p from feed.posts p
      where p.feed_id = list_posts.feed_id and p.deleted_at is null and p.pinned_at is null
        and (in_pinned or p.position < below)
      order by p.position desc
      limit list_posts.page_size + 1
    )
    order by part
    limit list_posts.page_size + 1
  ) l;

  return jsonb_build_object(
    'outcome', 'found',
    'items', coalesce((
      select jsonb_agg(feed.post_json(page[n], list_posts.viewer_id, false) order by n)
      from generate_series(1, least(coalesce(cardinality(page), 0), list_posts.page_size)) as n
    ), '[]'),
    'nextCursor', case when cardinality(page) > list_posts.page_size then
      case when page[list_posts.page_size].pinned_at is null then 'o.' else 'p.' end
        || page[list_posts.page_size].position
    end);
end
$$;

revoke execute on function feed.list_posts from public;
grant execute on function feed.list_posts to venuekit_app;
