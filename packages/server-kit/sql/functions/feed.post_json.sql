-- A post in the contract's shape, as one viewer sees it.
create or replace function feed.post_json(shown feed.posts, viewer_id text) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'id', shown.post_id, 'clientId', shown.client_id, 'feedId', shown.feed_id, 'author', shown.author,
    'text', shown.text, 'media', shown.media, 'createdAt', venuekit.iso(shown.created_at),
    'pinnedAt', venuekit.iso(shown.pinned_at),
    'reactions', (
      select jsonb_build_object('count', count(*), 'mine', coalesce(bool_or(r.viewer_id = post_json.viewer_id), false))
      from feed.reactions r where r.post_id = shown.post_id
    ),
    'canDelete', coalesce(shown.author_id = post_json.viewer_id, false), 'position', shown.position, 'version', shown.version)
$$;

revoke execute on function feed.post_json from public;
