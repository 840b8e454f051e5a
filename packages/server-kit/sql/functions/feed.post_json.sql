-- A post in the contract's shape, as one viewer sees it; for a null viewer what all see alike.
create or replace function feed.post_json(shown feed.posts, viewer_id text, moderator boolean) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'id', shown.post_id, 'clientId', shown.client_id, 'feedId', shown.feed_id, 'author', shown.author,
    'text', shown.text, 'createdAt', venuekit.iso(shown.created_at), 'pinnedAt', venuekit.iso(shown.pinned_at),
    'media', coalesce((
      select jsonb_agg(feed.media_json(m) order by m.ordinal) from feed.media m where m.post_id = shown.post_id
    ), '[]'),
    'reactions', jsonb_build_object(
      'count', shown.reaction_count,
      'mine', post_json.viewer_id is not null and exists (
        select from feed.reactions r where r.post_id = shown.post_id and r.viewer_id = post_json.viewer_id)),
    'canDelete', moderator or coalesce(shown.author_id = post_json.viewer_id, false),
    'position', shown.position, 'version', shown.version)
$$;

revoke execute on function feed.post_json from public;
