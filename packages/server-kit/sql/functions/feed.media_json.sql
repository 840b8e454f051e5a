-- One image or video of a post, in the contract's shape. Until it is ready it is `processing`; rejected it has failed.
create or replace function feed.media_json(shown feed.media) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'id', shown.upload_id, 'kind', shown.kind,
    'status', case shown.status when 'ready' then 'ready' when 'rejected' then 'failed' else 'processing' end,
    'url', case when shown.status = 'ready' then shown.url end,
    'posterUrl', case when shown.status = 'ready' then shown.poster_url end,
    'width', shown.width, 'height', shown.height, 'durationMs', shown.duration_ms, 'alt', shown.alt)
$$;

revoke execute on function feed.media_json from public;
