-- The store holds nothing of it any more.
create or replace function feed.finish_media_removal(store text, store_key text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
begin
  perform venuekit.commit_durably();
  delete from feed.media_removals r
  where r.store = finish_media_removal.store and r.store_key = finish_media_removal.store_key;
  return jsonb_build_object('outcome', 'finished');
end
$$;

revoke execute on function feed.finish_media_removal from public;
grant execute on function feed.finish_media_removal to venuekit_app;
