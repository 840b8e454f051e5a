-- A feed of this venue.
create or replace function feed.get_feed(feed_id uuid, venue_id uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(
    (
      select jsonb_build_object('outcome', 'found', 'feed', jsonb_build_object('id', f.feed_id, 'name', f.name))
      from feed.feeds f where f.feed_id = get_feed.feed_id and f.venue_id = get_feed.venue_id
    ),
    jsonb_build_object('outcome', 'not_found'))
$$;

revoke execute on function feed.get_feed from public;
grant execute on function feed.get_feed to venuekit_app;
