-- A feed as the host sees it; how many of its reported posts wait for a decision.
create or replace function feed.feed_json(shown feed.feeds) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'id', shown.feed_id, 'venueId', shown.venue_id, 'name', shown.name, 'createdAt', venuekit.iso(shown.created_at),
    'openReports', (
      select count(*) from feed.report_cases c where c.feed_id = shown.feed_id and c.resolved_at is null
    ))
$$;

revoke execute on function feed.feed_json from public;
