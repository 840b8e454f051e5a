-- Once per viewer and post, for ever: reporting again changes nothing. A report after a decision to keep the post opens
-- the case again.
create or replace function feed.report_post(
  post_id uuid, venue_id uuid, report_id uuid, viewer_id text, viewer_name text, reason text, note text
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  reported feed.posts := feed.lock_post(report_post.post_id, report_post.venue_id);
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  if reported.post_id is null then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  insert into feed.reports (report_id, post_id, viewer_id, viewer_name, reason, note, reported_at)
  values (report_post.report_id, report_post.post_id, report_post.viewer_id, report_post.viewer_name,
    report_post.reason, report_post.note, moment)
  on conflict on constraint report_once_per_viewer do nothing;
  if not found then
    return jsonb_build_object('outcome', 'replayed');
  end if;

  insert into feed.report_cases as c (post_id, feed_id, report_count, opened_at, position)
  values (reported.post_id, reported.feed_id, 1, moment, feed.sort_key(moment, reported.post_id))
  on conflict (post_id) do update
  set report_count = c.report_count + 1,
    opened_at = case when c.resolved_at is null then c.opened_at else moment end,
    position = case when c.resolved_at is null then c.position else feed.sort_key(moment, c.post_id) end,
    resolution = null, resolved_at = null, resolved_by = null, note = null;
  return jsonb_build_object('outcome', 'reported');
end
$$;

revoke execute on function feed.report_post from public;
grant execute on function feed.report_post to venuekit_app;
