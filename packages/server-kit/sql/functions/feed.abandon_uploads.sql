-- Lets go what no post took within a day of its creation, and drops the rows of what was let go a day ago.
create or replace function feed.abandon_uploads(max_uploads integer) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  given_up uuid[];
  dropped integer;
begin
  perform venuekit.commit_durably();
  select array_agg(d.upload_id) into given_up from (
    select m.upload_id from feed.media m
    where m.post_id is null and m.removed_at is null and m.created_at <= moment - interval '1 day'
    order by m.created_at
    limit abandon_uploads.max_uploads
    for update skip locked
  ) d;
  perform feed.queue_media_removal(given_up, moment);

  delete from feed.media m where m.upload_id in (
    select d.upload_id from feed.media d
    where d.removed_at <= moment - interval '1 day'
      -- What a post still shows as failed stays as long as the post.
      and (d.post_id is null or exists (
        select from feed.posts p where p.post_id = d.post_id and p.deleted_at is not null))
    limit abandon_uploads.max_uploads
    for update skip locked
  );
  get diagnostics dropped = row_count;
  return jsonb_build_object('abandoned', coalesce(cardinality(given_up), 0), 'dropped', dropped);
end
$$;

revoke execute on function feed.abandon_uploads from public;
grant execute on function feed.abandon_uploads to venuekit_app;
