create or replace function feed.create_feed(feed_id uuid, venue_id uuid, name text) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  insert into feed.feeds (feed_id, venue_id, name, created_at)
  values (create_feed.feed_id, create_feed.venue_id, create_feed.name, moment)
  on conflict (feed_id) do nothing;
  return jsonb_build_object('outcome', case when found then 'created' else 'exists' end);
end
$$;

revoke execute on function feed.create_feed from public;
grant execute on function feed.create_feed to venuekit_app;
