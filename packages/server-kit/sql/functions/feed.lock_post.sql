-- The post of this venue, its row locked; null where there is none or it was deleted.
create or replace function feed.lock_post(post_id uuid, venue_id uuid) returns feed.posts
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  found_post feed.posts;
begin
  select p.* into found_post from feed.posts p
  where p.post_id = lock_post.post_id and p.deleted_at is null and exists (
    select from feed.feeds f where f.feed_id = p.feed_id and f.venue_id = lock_post.venue_id
  )
  for no key update of p;
  return found_post;
end
$$;

revoke execute on function feed.lock_post from public;
