-- Asks the store of these media to give them up. Their rows, or the post that shows them, are locked; asking again
-- changes nothing.
create or replace function feed.queue_media_removal(upload_ids uuid[], moment timestamptz) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  insert into feed.media_removals (store, store_key, requested_at, due_at)
  select m.store, m.store_key, queue_media_removal.moment, queue_media_removal.moment from feed.media m
  where m.upload_id = any (queue_media_removal.upload_ids) and m.removed_at is null
  on conflict on constraint media_removals_key do nothing;
  update feed.media m set removed_at = queue_media_removal.moment, upload_url = null
  where m.upload_id = any (queue_media_removal.upload_ids) and m.removed_at is null;
end
$$;

revoke execute on function feed.queue_media_removal from public;
