-- Sets the next try: 30 s, doubling up to an hour. It is never given up: somebody asked for it to be gone.
create or replace function feed.fail_media_removal(store text, store_key text, error text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  tried integer;
begin
  perform venuekit.commit_durably();
  update feed.media_removals r
  set leased_by = null, leased_until = null, last_error = left(fail_media_removal.error, 2000),
    due_at = moment + least(30 * 2 ^ least(r.tries, 10), 3600) * interval '1 second'
  where r.store = fail_media_removal.store and r.store_key = fail_media_removal.store_key
  returning r.tries into tried;
  return jsonb_build_object('tries', coalesce(tried, 0));
end
$$;

revoke execute on function feed.fail_media_removal from public;
grant execute on function feed.fail_media_removal to venuekit_app;
