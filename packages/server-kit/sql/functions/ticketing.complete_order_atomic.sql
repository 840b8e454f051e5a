-- The only way to a ticket: webhook, return page, sweeper, reconciler, repair, free order, door sale and comp.
-- Durable. Locks the order first, whose lock orders everything about it; the hot counters come last.
create or replace function ticketing.complete_order_atomic(
  event_id uuid, order_id uuid, payment jsonb, source jsonb
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  bought ticketing.orders;
  verdict record;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  if complete_order_atomic.source ->> 'kind' in ('comp', 'door', 'admin')
    and coalesce(complete_order_atomic.source ->> 'actor', '') = ''
  then
    raise exception 'a completion by % needs an actor', complete_order_atomic.source ->> 'kind' using errcode = '22023';
  end if;

  select o.* into bought from ticketing.orders o
  where o.event_id = complete_order_atomic.event_id and o.order_id = complete_order_atomic.order_id
  for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  moment := venuekit.clock();

  if bought.kind = 'comp' and complete_order_atomic.source ->> 'kind' not in ('comp', 'admin', 'repair') then
    raise exception 'order % is a gift: only the house completes it', bought.order_id using errcode = '22023';
  end if;
  if complete_order_atomic.payment is null then
    select * into verdict
    from ticketing.complete_without_payment(bought, complete_order_atomic.source, moment);
  else
    select * into verdict
    from ticketing.complete_with_payment(bought, complete_order_atomic.payment, complete_order_atomic.source, moment);
  end if;
  return jsonb_build_object(
    'outcome', verdict.outcome, 'reason', verdict.reason,
    'order', ticketing.order_json(bought.event_id, bought.order_id, moment));
end
$$;

revoke execute on function ticketing.complete_order_atomic from public;
grant execute on function ticketing.complete_order_atomic to venuekit_app;
