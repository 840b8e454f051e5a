-- By what its media store calls it. What was let go is not found.
create or replace function feed.find_stored_upload(store text, store_key text) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce((
    select jsonb_build_object('outcome', 'found', 'upload', feed.upload_json(m)) from feed.media m
    where m.store = find_stored_upload.store and m.store_key = find_stored_upload.store_key and m.removed_at is null
  ), jsonb_build_object('outcome', 'not_found'))
$$;

revoke execute on function feed.find_stored_upload from public;
grant execute on function feed.find_stored_upload to venuekit_app;
