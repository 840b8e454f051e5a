-- Durable. Ties the gateway's session to its attempt and prolongs the hold to the session's end and 5 minutes.
-- `refused` means that the order went on without this session: the caller must expire it. Locks the order.
create or replace function ticketing.attach_checkout(
  event_id uuid, order_id uuid, attempt_id uuid, account text, session_id text, url text, client_secret text,
  session_expires_at bigint
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
  where o.event_id = attach_checkout.event_id and o.order_id = attach_checkout.order_id
  for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  moment := venuekit.clock();

  select a.* into attempt from ticketing.attempts a
  where a.event_id = held.event_id and a.order_id = held.order_id and a.attempt_id = attach_checkout.attempt_id;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  elsif held.status <> 'reserved' or attempt.status = 'closed' or attempt.account <> attach_checkout.account
    or (attempt.status = 'attached' and attempt.session_id <> attach_checkout.session_id)
  then
    return jsonb_build_object('outcome', 'refused', 'status', held.status);
  end if;

  if attempt.status = 'begun' then
    update ticketing.attempts a
    set status = 'attached', session_id = attach_checkout.session_id, url = attach_checkout.url,
      client_secret = attach_checkout.client_secret, attached_at = moment,
      expires_at = to_timestamp(attach_checkout.session_expires_at)
    where a.event_id = attempt.event_id and a.order_id = attempt.order_id and a.attempt_id = attempt.attempt_id
    returning * into attempt;
    update ticketing.orders o
    set hold_expires_at = least(attempt.expires_at + interval '5 minutes', held.hold_ends_at)
    where o.event_id = held.event_id and o.order_id = held.order_id;
  end if;
  return jsonb_build_object(
    'outcome', 'attached', 'attempt', ticketing.attempt_json(attempt),
    'order', ticketing.order_json(held.event_id, held.order_id, moment));
end
$$;

revoke execute on function ticketing.attach_checkout from public;
grant execute on function ticketing.attach_checkout to venuekit_app;
