-- Tells live streams of a change, in the transaction that makes it: `post` where all see it anew, `removed` where it
-- went. Whoever calls it has changed or locked the post's row.
create or replace function feed.note_change(changed feed.posts, kind text, moment timestamptz) returns void
language sql volatile security definer set search_path = ''
as $$
  insert into feed.changes (venue_id, feed_id, post_id, kind, changed_at)
  select f.venue_id, f.feed_id, note_change.changed.post_id, note_change.kind, note_change.moment
  from feed.feeds f where f.feed_id = note_change.changed.feed_id
$$;

revoke execute on function feed.note_change from public;
