-- Durable. The attempt is committed before the gateway is called. Locks the order.
create or replace function ticketing.begin_checkout(
  event_id uuid, order_id uuid, attempt_id uuid, account text, mode text, ui text, params jsonb
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
  where o.event_id = begin_checkout.event_id and o.order_id = begin_checkout.order_id
  for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  moment := venuekit.clock();

  if held.status <> 'reserved' then
    return jsonb_build_object('outcome', 'not_payable', 'status', held.status);
  elsif held.total_minor = 0 then
    return jsonb_build_object('outcome', 'free');
  elsif held.hold_expires_at <= moment then
    return jsonb_build_object('outcome', 'expired');
  end if;

  select a.* into attempt from ticketing.attempts a
  where a.event_id = held.event_id and a.order_id = held.order_id and a.status <> 'closed';
  if not found then
    insert into ticketing.attempts (
      event_id, attempt_id, order_id, account, mode, ui, params, expires_at, begun_at
    ) values (
      held.event_id, begin_checkout.attempt_id, held.order_id, begin_checkout.account, begin_checkout.mode,
      begin_checkout.ui, begin_checkout.params, date_trunc('second', moment) + interval '31 minutes', moment
    )
    returning * into attempt;
  end if;
  return jsonb_build_object('outcome', 'begun', 'attempt', ticketing.attempt_json(attempt));
end
$$;

revoke execute on function ticketing.begin_checkout from public;
grant execute on function ticketing.begin_checkout to venuekit_app;
