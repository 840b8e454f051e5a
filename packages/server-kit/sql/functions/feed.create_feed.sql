-- Idempotent by the feed's id: the same again answers it as it is, another one under its id is a conflict.
create or replace function feed.create_feed(feed_id uuid, venue_id uuid, name text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  known feed.feeds;
begin
  perform venuekit.commit_durably();
  if not exists (select from venuekit.venues v where v.venue_id = create_feed.venue_id) then
    return jsonb_build_object('outcome', 'no_venue');
  end if;
  insert into feed.feeds (feed_id, venue_id, name, created_at)
  values (create_feed.feed_id, create_feed.venue_id, create_feed.name, moment)
  on conflict (feed_id) do nothing
  returning * into known;
  if found then
    return jsonb_build_object('outcome', 'created', 'feed', feed.feed_json(known));
  end if;
  select f.* into known from feed.feeds f where f.feed_id = create_feed.feed_id;
  if known.venue_id <> create_feed.venue_id or known.name <> create_feed.name then
    return jsonb_build_object('outcome', 'conflict');
  end if;
  return jsonb_build_object('outcome', 'exists', 'feed', feed.feed_json(known));
end
$$;

revoke execute on function feed.create_feed from public;
grant execute on function feed.create_feed to venuekit_app;
