-- By its author, or by a moderator. Deleting again answers the same.
create or replace function feed.delete_post(
  post_id uuid, venue_id uuid, viewer_id text, moderator boolean
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  known feed.posts;
begin
  perform venuekit.commit_durably();
  select p.* into known
  from feed.posts p join feed.feeds f on f.feed_id = p.feed_id
  where p.post_id = delete_post.post_id and f.venue_id = delete_post.venue_id
  for no key update of p;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  elsif known.author_id <> delete_post.viewer_id and not delete_post.moderator then
    return jsonb_build_object('outcome', 'forbidden');
  end if;
  if known.deleted_at is null then
    perform feed.remove_post(known, delete_post.viewer_id, null, venuekit.clock());
  end if;
  return jsonb_build_object('outcome', 'deleted');
end
$$;

revoke execute on function feed.delete_post from public;
grant execute on function feed.delete_post to venuekit_app;
