-- Events that have a refund to send, to look for or to ask about. In random order, so that one whose refunds go wrong
-- keeps nobody else waiting.
create or replace function ticketing.events_with_refunds(max_events integer) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
  moment timestamptz := venuekit.clock();
begin
  return jsonb_build_object('eventIds', coalesce((
    select jsonb_agg(d.event_id)
    from (
      select e.event_id from ticketing.events e
      where exists (
        select from ticketing.refunds r
        where r.event_id = e.event_id and r.status in ('requested', 'unknown', 'pending') and r.next_try_at <= moment
      )
      order by random()
      limit max_events
    ) d
  ), '[]'));
end
$$;

revoke execute on function ticketing.events_with_refunds from public;
grant execute on function ticketing.events_with_refunds to venuekit_app;
