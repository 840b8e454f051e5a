-- Decides the reports of a post: `keep` leaves it, `remove` deletes it. The same decision again answers the same;
-- what was removed cannot be kept.
create or replace function feed.resolve_reports(
  feed_id uuid, post_id uuid, decision text, actor text, note text
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  reported feed.posts;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  select p.* into reported from feed.posts p
  where p.post_id = resolve_reports.post_id and p.feed_id = resolve_reports.feed_id
    and exists (select from feed.report_cases c where c.post_id = p.post_id)
  for no key update of p;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  moment := venuekit.clock();
  if reported.deleted_at is not null then
    if resolve_reports.decision = 'keep' then
      return jsonb_build_object('outcome', 'removed_already');
    end if;
  elsif resolve_reports.decision = 'remove' then
    perform feed.remove_post(reported, resolve_reports.actor, resolve_reports.note, moment);
  else
    perform feed.close_case(resolve_reports.post_id, 'keep', resolve_reports.actor, resolve_reports.note, moment);
  end if;
  return (
    select jsonb_build_object('outcome', 'resolved', 'case', feed.case_json(c))
    from feed.report_cases c where c.post_id = resolve_reports.post_id
  );
end
$$;

revoke execute on function feed.resolve_reports from public;
grant execute on function feed.resolve_reports to venuekit_app;
