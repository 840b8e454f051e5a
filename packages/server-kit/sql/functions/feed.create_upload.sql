-- Idempotent by the upload's id: other facts, or somebody else's, are a conflict. `too_many`: the viewer has
-- `max_open` under way in this feed.
create or replace function feed.create_upload(
  upload_id uuid, venue_id uuid, feed_id uuid, viewer_id text, kind text, content_type text, byte_length bigint,
  store text, store_key text, upload_url text, max_open integer
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz;
  known feed.media;
begin
  perform venuekit.commit_durably();
  if not exists (
    select from feed.feeds f where f.feed_id = create_upload.feed_id and f.venue_id = create_upload.venue_id
  ) then
    return jsonb_build_object('outcome', 'not_found');
  end if;

  moment := venuekit.clock();
  select m.* into known from feed.media m where m.upload_id = create_upload.upload_id;
  if not found then
    if (
      select count(*) from feed.media m
      where m.viewer_id = create_upload.viewer_id and m.feed_id = create_upload.feed_id
        and m.status in ('waiting', 'processing') and m.removed_at is null
    ) >= create_upload.max_open then
      return jsonb_build_object('outcome', 'too_many');
    end if;
    insert into feed.media (
      upload_id, venue_id, feed_id, viewer_id, kind, content_type, byte_length, store, store_key, upload_url,
      created_at, changed_at
    ) values (
      create_upload.upload_id, create_upload.venue_id, create_upload.feed_id, create_upload.viewer_id,
      create_upload.kind, create_upload.content_type, create_upload.byte_length, create_upload.store,
      create_upload.store_key, create_upload.upload_url, moment, moment
    )
    on conflict on constraint media_key do nothing
    returning * into known;
    if found then
      return jsonb_build_object('outcome', 'created', 'upload', feed.upload_json(known));
    end if;
    select m.* into known from feed.media m where m.upload_id = create_upload.upload_id;
  end if;

  if (known.venue_id, known.feed_id, known.viewer_id, known.kind, known.content_type, known.byte_length)
    is distinct from (
      create_upload.venue_id, create_upload.feed_id, create_upload.viewer_id, create_upload.kind,
      create_upload.content_type, create_upload.byte_length)
  then
    return jsonb_build_object('outcome', 'conflict');
  end if;
  return jsonb_build_object('outcome', 'replayed', 'upload', feed.upload_json(known));
end
$$;

revoke execute on function feed.create_upload from public;
grant execute on function feed.create_upload to venuekit_app;
