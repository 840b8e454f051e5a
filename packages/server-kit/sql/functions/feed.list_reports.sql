-- The reported posts of a feed with all their reports, open or resolved, the latest case first. The cursor is the last
-- case's position.
create or replace function feed.list_reports(feed_id uuid, status text, cursor text, page_size integer) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  page feed.report_cases[];
begin
  if not exists (select from feed.feeds f where f.feed_id = list_reports.feed_id) then
    return jsonb_build_object('outcome', 'not_found');
  elsif list_reports.cursor !~ '^[0-9a-f-]{1,60}$' then
    return jsonb_build_object('outcome', 'bad_cursor');
  end if;

  -- One more than a page tells whether there is a next one; each status has its own index.
  if list_reports.status = 'open' then
    select array_agg(c) into page from (
      select c.* from feed.report_cases c
      where c.feed_id = list_reports.feed_id and c.resolved_at is null
        and c.position < coalesce(list_reports.cursor, '~')
      order by c.position desc limit list_reports.page_size + 1
    ) c;
  else
    select array_agg(c) into page from (
      select c.* from feed.report_cases c
      where c.feed_id = list_reports.feed_id and c.resolved_at is not null
        and c.position < coalesce(list_reports.cursor, '~')
      order by c.position desc limit list_reports.page_size + 1
    ) c;
  end if;
  return jsonb_build_object(
    'outcome', 'found',
    'items', coalesce((
      select jsonb_agg(feed.case_json(page[n]))
      from generate_series(1, least(coalesce(cardinality(page), 0), list_reports.page_size)) as n
    ), '[]'),
    'nextCursor', case when cardinality(page) > list_reports.page_size then page[list_reports.page_size].position end);
end
$$;

revoke execute on function feed.list_reports from public;
grant execute on function feed.list_reports to venuekit_app;
