-- Events with due holds, with orders at the fence, or with a session left open beside an order that ended otherwise.
-- In random order, so that events whose gateway does not answer keep nobody else waiting.
create or replace function ticketing.events_to_expire(max_events integer) returns jsonb
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
        select from ticketing.orders o
        where o.event_id = e.event_id and o.status in ('reserved', 'expiring') and o.hold_expires_at <= moment
      ) or exists (
        select from ticketing.orders o where o.event_id = e.event_id and o.status = 'expiring'
      ) or exists (
        select from ticketing.orders o
        where o.event_id = e.event_id and o.status = 'payment_pending'
          and (o.hold_expires_at <= moment or o.hold_expires_at is null)
      ) or exists (
        select from ticketing.attempts a
        join ticketing.orders o on o.event_id = a.event_id and o.order_id = a.order_id
        where a.event_id = e.event_id and a.status <> 'closed'
          and o.status not in ('reserved', 'expiring', 'payment_pending')
      )
      order by random()
      limit max_events
    ) d
  ), '[]'));
end
$$;

revoke execute on function ticketing.events_to_expire from public;
grant execute on function ticketing.events_to_expire to venuekit_app;
