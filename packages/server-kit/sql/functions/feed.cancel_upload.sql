-- Gives up an upload that no post has taken: its row goes, its id is free again. Where there is none, `cancelled` too.
create or replace function feed.cancel_upload(upload_id uuid, venue_id uuid, viewer_id text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  known feed.media;
begin
  perform venuekit.commit_durably();
  select m.* into known from feed.media m
  where m.upload_id = cancel_upload.upload_id and m.venue_id = cancel_upload.venue_id
    and m.viewer_id = cancel_upload.viewer_id
  for update;
  if not found then
    return jsonb_build_object('outcome', 'cancelled', 'removal', null);
  elsif known.post_id is not null then
    return jsonb_build_object('outcome', 'taken');
  end if;
  perform feed.queue_media_removal(array[known.upload_id], venuekit.clock());
  delete from feed.media m where m.upload_id = known.upload_id;
  return jsonb_build_object(
    'outcome', 'cancelled', 'removal', jsonb_build_object('store', known.store, 'storeKey', known.store_key));
end
$$;

revoke execute on function feed.cancel_upload from public;
grant execute on function feed.cancel_upload to venuekit_app;
