-- Uploads of a store that should be asked, because its own news may have been lost: a minute after the last step, and
-- later the longer they wait. Taking them counts as the step.
create or replace function feed.due_uploads(store text, max_uploads integer) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  taken jsonb;
begin
  perform venuekit.commit_durably();
  with due as (
    select m.upload_id from feed.media m
    where m.status in ('waiting', 'processing') and m.removed_at is null and m.store = due_uploads.store
      and m.changed_at + greatest(interval '1 minute', (m.changed_at - m.created_at) / 4) <= moment
    order by m.changed_at
    limit due_uploads.max_uploads
    for no key update skip locked
  ), looked_at as (
    update feed.media m set changed_at = moment from due d where m.upload_id = d.upload_id
    returning m as upload
  )
  select coalesce(jsonb_agg(feed.upload_json(l.upload)), '[]') into taken
  from looked_at l;
  return jsonb_build_object('uploads', taken);
end
$$;

revoke execute on function feed.due_uploads from public;
grant execute on function feed.due_uploads to venuekit_app;
