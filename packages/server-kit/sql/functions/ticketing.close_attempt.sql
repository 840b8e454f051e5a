-- Durable. Ends an attempt that never got a session, so that another can begin. Locks the order.
-- An attached attempt ends only by the gateway's word: `settle_attempt` or `complete_order_atomic`.
create or replace function ticketing.close_attempt(
  event_id uuid, order_id uuid, attempt_id uuid, reason text
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  held ticketing.orders;
  attempt ticketing.attempts;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  select o.* into held from ticketing.orders o
  where o.event_id = close_attempt.event_id and o.order_id = close_attempt.order_id
  for update;
  moment := venuekit.clock();
  select a.* into attempt from ticketing.attempts a
  where a.event_id = held.event_id and a.order_id = held.order_id and a.attempt_id = close_attempt.attempt_id;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  elsif attempt.status = 'closed' then
    return jsonb_build_object('outcome', 'already_closed');
  elsif attempt.status = 'attached' then
    raise exception 'attempt % has a session: ask the gateway and settle it', attempt.attempt_id using errcode = '22023';
  end if;

  update ticketing.attempts a set status = 'closed', closed_at = moment, close_reason = close_attempt.reason
  where a.event_id = attempt.event_id and a.order_id = attempt.order_id and a.attempt_id = attempt.attempt_id;
  if held.status = 'expiring' then
    perform ticketing.release_orders(held.event_id, array[held.order_id], moment);
  end if;
  return jsonb_build_object('outcome', 'closed');
end
$$;

revoke execute on function ticketing.close_attempt from public;
grant execute on function ticketing.close_attempt to venuekit_app;
