-- Last part of the fence: what the gateway said of the session. Durable. Locks the order.
-- A delayed payment keeps the places until the event's maximum age for such payments; then they go back, and should it
-- arrive after all, it is a late payment like any other.
-- A paid session goes to `complete_order_atomic` instead.
create or replace function ticketing.settle_attempt(
  event_id uuid, order_id uuid, attempt_id uuid, session_status text
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  held ticketing.orders;
  attempt ticketing.attempts;
  result text := 'unchanged';
  too_old boolean;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  if settle_attempt.session_status not in ('expired', 'complete_unpaid', 'payment_failed', 'never_created') then
    raise exception 'unknown session status %', settle_attempt.session_status using errcode = '22023';
  end if;
  select o.* into held from ticketing.orders o
  where o.event_id = settle_attempt.event_id and o.order_id = settle_attempt.order_id
  for update;
  moment := venuekit.clock();
  select a.* into attempt from ticketing.attempts a
  where a.event_id = held.event_id and a.order_id = held.order_id and a.attempt_id = settle_attempt.attempt_id;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;

  too_old := settle_attempt.session_status = 'complete_unpaid' and held.status = 'payment_pending'
    and coalesce(held.hold_expires_at, held.hold_ends_at) <= moment;
  if settle_attempt.session_status = 'complete_unpaid' and not too_old then
    if attempt.status = 'attached' and held.status in ('reserved', 'expiring', 'payment_pending') then
      update ticketing.orders o
      set status = 'payment_pending',
        hold_expires_at = moment + (
          select e.max_pending_seconds * interval '1 second' from ticketing.events e where e.event_id = held.event_id)
      where o.event_id = held.event_id and o.order_id = held.order_id and o.status <> 'payment_pending';
      result := 'payment_pending';
    end if;
  elsif attempt.status <> 'closed' and (settle_attempt.session_status <> 'never_created' or attempt.status = 'begun')
  then
    update ticketing.attempts a
    set status = 'closed', closed_at = moment,
      close_reason = case when too_old then 'pending_too_long' else settle_attempt.session_status end
    where a.event_id = attempt.event_id and a.order_id = attempt.order_id and a.attempt_id = attempt.attempt_id;
    result := 'closed';
  elsif settle_attempt.session_status = 'payment_failed' then
    -- It was given up before; nobody need look for its money any longer.
    update ticketing.attempts a set close_reason = 'payment_failed'
    where a.event_id = attempt.event_id and a.order_id = attempt.order_id and a.attempt_id = attempt.attempt_id
      and a.close_reason in ('pending_too_long', 'event_cancelled');
  end if;

  if held.status in ('expiring', 'payment_pending') and result <> 'payment_pending' and not exists (
    select from ticketing.attempts a
    where a.event_id = held.event_id and a.order_id = held.order_id and a.status <> 'closed'
  ) then
    perform ticketing.release_orders(held.event_id, array[held.order_id], moment);
    result := 'released';
  end if;
  return jsonb_build_object(
    'outcome', result, 'order', ticketing.order_json(held.event_id, held.order_id, moment));
end
$$;

revoke execute on function ticketing.settle_attempt from public;
grant execute on function ticketing.settle_attempt to venuekit_app;
