-- Durable. May this hold be prolonged, and which attempts must end before a new one begins? Nothing is ended here: the
-- gateway is asked first. Keeps the places for two minutes meanwhile. `replayed` where the attempt of this very request
-- exists already. Of a show that is off or over no hold grows: it ends as it would have. Locks the order.
create or replace function ticketing.begin_extension(event_id uuid, order_id uuid, attempt_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  held ticketing.orders;
  moment timestamptz;
  is_replay boolean;
begin
  perform venuekit.commit_durably();
  select o.* into held from ticketing.orders o
  where o.event_id = begin_extension.event_id and o.order_id = begin_extension.order_id
  for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  moment := venuekit.clock();
  is_replay := exists (
    select from ticketing.attempts a
    where a.event_id = held.event_id and a.order_id = held.order_id and a.attempt_id = begin_extension.attempt_id
  );

  if held.status <> 'reserved' then
    return jsonb_build_object('outcome', 'not_payable', 'status', held.status);
  elsif held.hold_ends_at <= moment then
    return jsonb_build_object('outcome', 'expired');
  elsif is_replay then
    return jsonb_build_object('outcome', 'begun', 'replayed', true, 'attempts', '[]'::jsonb);
  -- A session of 31 minutes and 5 of grace would end the hold no later than it ends now.
  elsif least(moment + interval '36 minutes', held.hold_ends_at) <= held.hold_expires_at then
    return jsonb_build_object('outcome', 'limit_exceeded', 'holdEndsAt', venuekit.iso(held.hold_ends_at));
  elsif held.hold_expires_at <= moment then
    return jsonb_build_object('outcome', 'expired');
  elsif exists (
    select from ticketing.events e
    where e.event_id = held.event_id and (e.status = 'cancelled' or e.over_at <= moment)
  ) then
    return jsonb_build_object('outcome', 'limit_exceeded', 'holdEndsAt', venuekit.iso(held.hold_expires_at));
  end if;

  update ticketing.orders o set hold_expires_at = least(moment + interval '2 minutes', held.hold_ends_at)
  where o.event_id = held.event_id and o.order_id = held.order_id
    and o.hold_expires_at < least(moment + interval '2 minutes', held.hold_ends_at);
  return jsonb_build_object('outcome', 'begun', 'replayed', false, 'attempts', coalesce((
    select jsonb_agg(ticketing.attempt_json(a)) from ticketing.attempts a
    where a.event_id = held.event_id and a.order_id = held.order_id and a.status <> 'closed'
  ), '[]'));
end
$$;

revoke execute on function ticketing.begin_extension from public;
grant execute on function ticketing.begin_extension to venuekit_app;
