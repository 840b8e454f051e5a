-- An upload of this viewer's own; of anybody else's nothing is told.
create or replace function feed.get_upload(upload_id uuid, venue_id uuid, viewer_id text) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce((
    select jsonb_build_object('outcome', 'found', 'upload', feed.upload_json(m)) from feed.media m
    where m.upload_id = get_upload.upload_id and m.venue_id = get_upload.venue_id
      and m.viewer_id = get_upload.viewer_id
  ), jsonb_build_object('outcome', 'not_found'))
$$;

revoke execute on function feed.get_upload from public;
grant execute on function feed.get_upload to venuekit_app;
