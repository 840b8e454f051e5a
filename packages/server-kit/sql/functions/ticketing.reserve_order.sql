-- Holds places. Order of work: client key, refusals, counters read, rows written, counters taken last
-- (tiers by id, then pools by id), so that a hot row is locked for the shortest time.
-- `sold_out` is returned, never raised; only a race lost at the counters raises (VK001).
-- Commits asynchronously: nothing is owed before `attach_checkout`, which is durable.
create or replace function ticketing.reserve_order(
  event_id uuid, order_id uuid, venue_id uuid, client_key text, request_hash text, items jsonb, buyer jsonb,
  return_url text, locale text, expected_total_minor bigint, origin jsonb
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  stored jsonb;
  show ticketing.events;
  cart record;
  moves ticketing.place_move[];
begin
  perform set_config('synchronous_commit', 'off', true);

  if exists (
    select from ticketing.orders o
    where o.event_id = reserve_order.event_id and o.client_key = reserve_order.client_key
  ) then
    return ticketing.stored_reservation(
        reserve_order.event_id, reserve_order.client_key, reserve_order.request_hash, moment);
  end if;

  select e.* into show from ticketing.events e
  where e.event_id = reserve_order.event_id and e.venue_id = reserve_order.venue_id;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;

  select
    array_agg(l.tier_id) filter (where t.tier_id is null) as unknown,
    array_agg(l.tier_id) filter (
      where t.sales_start_at > moment or t.sales_end_at <= moment) as closed,
    min(t.max_per_order) filter (where l.quantity > t.max_per_order) as tier_maximum,
    array_agg(l.tier_id) filter (
      where i.reserved + i.issued + l.quantity > i.capacity
        or p.reserved + p.issued + l.pool_quantity > p.capacity) as full_tiers,
    sum(l.quantity) as quantity,
    sum(l.quantity * t.price_minor)::bigint as total_minor,
    array_agg(l.tier_id order by l.line) as tier_ids,
    array_agg(l.quantity order by l.line) as quantities,
    array_agg(t.price_minor order by l.line) as prices,
    array_agg(t.pool_id order by l.line) as pool_ids,
    count(distinct l.tier_id) as tier_count
  into cart
  from (
    select g.*, sum(g.quantity) over (partition by k.pool_id) as pool_quantity
    from (
      select a.place::integer as line, (a.value ->> 'tierId')::uuid as tier_id,
        (a.value ->> 'quantity')::integer as quantity
      from jsonb_array_elements(reserve_order.items) with ordinality as a (value, place)
    ) g
    left join ticketing.tiers k on k.event_id = reserve_order.event_id and k.tier_id = g.tier_id
  ) l
  left join ticketing.tiers t on t.event_id = reserve_order.event_id and t.tier_id = l.tier_id
  left join ticketing.tier_inventory i on i.event_id = t.event_id and i.tier_id = t.tier_id
  left join ticketing.pool_inventory p on p.event_id = t.event_id and p.pool_id = t.pool_id;

  if cart.unknown is not null then
    return jsonb_build_object('outcome', 'unknown_tier', 'tierIds', to_jsonb(cart.unknown));
  elsif cart.quantity is null or cart.tier_count <> cardinality(cart.tier_ids) then
    raise exception 'a cart needs at least one line, and each tier on one line only' using errcode = '22023';
  elsif show.status <> 'scheduled' or show.over_at <= moment then
    return jsonb_build_object('outcome', 'sales_closed', 'tierIds', to_jsonb(cart.tier_ids));
  elsif cart.closed is not null then
    return jsonb_build_object('outcome', 'sales_closed', 'tierIds', to_jsonb(cart.closed));
  elsif cart.quantity > show.max_per_order or cart.tier_maximum is not null then
    return jsonb_build_object('outcome', 'limit_exceeded', 'maximum', least(show.max_per_order, cart.tier_maximum));
  elsif cart.total_minor <> reserve_order.expected_total_minor then
    return jsonb_build_object('outcome', 'price_changed', 'totalMinor', cart.total_minor);
  elsif cart.full_tiers is not null then
    -- The twin of this very request may have taken the last place since.
    return coalesce(
      ticketing.stored_reservation(
        reserve_order.event_id, reserve_order.client_key, reserve_order.request_hash, moment),
      jsonb_build_object('outcome', 'sold_out', 'tierIds', to_jsonb(cart.full_tiers)));
  end if;

  insert into ticketing.orders (
    event_id, order_id, client_key, request_hash, total_minor, currency, buyer_name, buyer_email, return_url, locale,
    origin, created_at, hold_expires_at, hold_ends_at
  ) values (
    reserve_order.event_id, reserve_order.order_id, reserve_order.client_key, reserve_order.request_hash,
    cart.total_minor, show.currency, reserve_order.buyer ->> 'name', reserve_order.buyer ->> 'email',
    reserve_order.return_url, reserve_order.locale, reserve_order.origin, moment, moment + interval '2 minutes',
    moment + show.max_hold_seconds * interval '1 second'
  )
  on conflict do nothing;
  if not found then
    return coalesce(
      ticketing.stored_reservation(
        reserve_order.event_id, reserve_order.client_key, reserve_order.request_hash, moment),
      -- Another order has this id: the caller's own ids repeat.
      jsonb_build_object('outcome', 'idempotency_conflict'));
  end if;

  insert into ticketing.order_items (
    event_id, order_id, line, tier_id, pool_id, quantity, unit_price_minor, total_minor, counted_as
  )
  select reserve_order.event_id, reserve_order.order_id, l.line, l.tier_id, l.pool_id, l.quantity, l.price,
    l.price * l.quantity, 'reserved'
  from unnest(cart.tier_ids, cart.pool_ids, cart.quantities, cart.prices)
    with ordinality as l (tier_id, pool_id, quantity, price, line);

  select array_agg((reserve_order.order_id, l.tier_id, l.pool_id, l.quantity, 0)::ticketing.place_move) into moves
  from unnest(cart.tier_ids, cart.pool_ids, cart.quantities) as l (tier_id, pool_id, quantity);
  perform ticketing.move_places(reserve_order.event_id, 'reserve', moves, moment, null);

  return jsonb_build_object(
    'outcome', 'reserved', 'replayed', false,
    'order', ticketing.order_json(reserve_order.event_id, reserve_order.order_id, moment), 'tokenVersion', 1,
    'event', jsonb_build_object('name', show.name, 'delayedPayments', show.delayed_payments));
end
$$;

revoke execute on function ticketing.reserve_order from public;
grant execute on function ticketing.reserve_order to venuekit_app;
