-- Cancelled events with holds or orders that the cancelling has not reached: also those that were paid after it.
create or replace function ticketing.events_to_call_off(max_events integer) returns jsonb
-- Planned anew each time: a plan made while the tables were empty took
-- more than 5 s at 20,000 orders, and stayed until the first analyze.
language sql volatile security definer set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
  select jsonb_build_object('eventIds', coalesce((
    select jsonb_agg(d.event_id)
    from (
      select e.event_id from ticketing.events e
      where e.status = 'cancelled' and exists (
        select from ticketing.orders o
        where o.event_id = e.event_id and o.status in ('reserved', 'payment_pending', 'fulfilled')
          and o.called_off_at is null
      )
      order by random()
      limit max_events
    ) d
  ), '[]'))
$$;

revoke execute on function ticketing.events_to_call_off from public;
grant execute on function ticketing.events_to_call_off to venuekit_app;
