-- Which feed a post of this venue stands in, deleted or not.
create or replace function feed.find_post_feed(post_id uuid, venue_id uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(
    (
      select jsonb_build_object('outcome', 'found', 'feedId', f.feed_id)
      from feed.posts p join feed.feeds f on f.feed_id = p.feed_id
      where p.post_id = find_post_feed.post_id and f.venue_id = find_post_feed.venue_id
    ),
    jsonb_build_object('outcome', 'not_found'))
$$;

revoke execute on function feed.find_post_feed from public;
grant execute on function feed.find_post_feed to venuekit_app;
