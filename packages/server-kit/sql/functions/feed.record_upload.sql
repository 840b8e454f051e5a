-- Writes what a media store says of an upload: how far it is, what it turned out to be, or why it cannot be shown.
-- Steps go forwards only; the same news again, and news of what was let go, change nothing. A post that shows it gets a
-- new version; one of which nothing is left is removed.
create or replace function feed.record_upload(store text, store_key text, state jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz;
  ranks constant text[] := array['waiting', 'processing', 'ready', 'rejected'];
  said text := record_upload.state ->> 'status';
  shown_in uuid;
  known feed.media;
begin
  perform venuekit.commit_durably();
  -- The post first, as everywhere. One that takes the upload in this moment is new, and nobody else holds it.
  select m.post_id into shown_in from feed.media m
  where m.store = record_upload.store and m.store_key = record_upload.store_key;
  perform from feed.posts p where p.post_id = shown_in for no key update;
  select m.* into known from feed.media m
  where m.store = record_upload.store and m.store_key = record_upload.store_key and m.removed_at is null
  for no key update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;

  moment := venuekit.clock();
  if array_position(ranks, said) < array_position(ranks, known.status)
    or (said = known.status and said <> 'waiting') then
    return jsonb_build_object('outcome', 'unchanged', 'upload', feed.upload_json(known));
  end if;
  update feed.media m
  set status = said, changed_at = moment,
    received_bytes = case
      when said = 'waiting' then least(
        greatest(m.received_bytes, coalesce((record_upload.state ->> 'receivedBytes')::bigint, 0)), m.byte_length)
      else m.byte_length end,
    content_type = coalesce(record_upload.state ->> 'contentType', m.content_type),
    width = coalesce((record_upload.state ->> 'width')::integer, m.width),
    height = coalesce((record_upload.state ->> 'height')::integer, m.height),
    duration_ms = coalesce((record_upload.state ->> 'durationMs')::integer, m.duration_ms),
    url = coalesce(record_upload.state ->> 'url', m.url),
    poster_url = coalesce(record_upload.state ->> 'posterUrl', m.poster_url),
    upload_url = case when said = 'waiting' then m.upload_url end,
    rejection = case when said = 'rejected' then record_upload.state -> 'rejection' end
  where m.upload_id = known.upload_id
  returning * into known;
  if said = 'rejected' then
    perform feed.queue_media_removal(array[known.upload_id], moment);
  end if;
  if known.post_id is not null and said in ('ready', 'rejected') then
    perform feed.note_media(known.post_id, moment);
  end if;
  return jsonb_build_object('outcome', 'recorded', 'upload', feed.upload_json(known));
end
$$;

revoke execute on function feed.record_upload from public;
grant execute on function feed.record_upload to venuekit_app;
