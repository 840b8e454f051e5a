-- An upload as the services work with it.
create or replace function feed.upload_json(shown feed.media) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'id', shown.upload_id, 'venueId', shown.venue_id, 'feedId', shown.feed_id, 'kind', shown.kind,
    'status', shown.status, 'contentType', shown.content_type, 'byteLength', shown.byte_length,
    'receivedBytes', shown.received_bytes, 'uploadUrl', case when shown.status = 'waiting' then shown.upload_url end,
    'media', case when shown.status in ('processing', 'ready') then feed.media_json(shown) end,
    'rejection', shown.rejection, 'store', shown.store, 'storeKey', shown.store_key)
$$;

revoke execute on function feed.upload_json from public;
