-- A reported post in the contract's shape: the post, who reported it and why (the latest hundred), what was decided.
create or replace function feed.case_json(shown feed.report_cases) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'post', feed.post_json(p, null, false),
    'deletedAt', venuekit.iso(p.deleted_at), 'deletedBy', p.deleted_by,
    'status', case when shown.resolved_at is null then 'open' else 'resolved' end,
    'openedAt', venuekit.iso(shown.opened_at),
    'reportCount', shown.report_count,
    'reports', (
      select jsonb_agg(jsonb_build_object(
        'id', r.report_id, 'reporter', jsonb_build_object('id', r.viewer_id, 'name', r.viewer_name),
        'reason', r.reason, 'note', r.note, 'reportedAt', venuekit.iso(r.reported_at),
        'resolvedAt', venuekit.iso(r.resolved_at)))
      from (
        select r.* from feed.reports r where r.post_id = shown.post_id
        order by r.reported_at desc, r.report_id limit 100
      ) r
    ),
    'resolution', case when shown.resolved_at is not null then jsonb_build_object(
      'decision', shown.resolution, 'actor', shown.resolved_by, 'note', shown.note,
      'resolvedAt', venuekit.iso(shown.resolved_at)) end)
  from feed.posts p where p.post_id = shown.post_id
$$;

revoke execute on function feed.case_json from public;
