-- Decides all reports of a post that are open; no case, no work. The post's row is locked by the caller.
create or replace function feed.close_case(
  post_id uuid, resolution text, actor text, note text, moment timestamptz
) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  update feed.report_cases c
  set resolution = close_case.resolution, resolved_at = moment, resolved_by = close_case.actor,
    note = close_case.note, position = feed.sort_key(moment, c.post_id)
  where c.post_id = close_case.post_id and (c.resolved_at is null or c.resolution <> close_case.resolution);
  update feed.reports r set resolved_at = moment where r.post_id = close_case.post_id and r.resolved_at is null;
end
$$;

revoke execute on function feed.close_case from public;
