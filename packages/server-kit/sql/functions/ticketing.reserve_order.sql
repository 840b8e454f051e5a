-- Holds places. Order of work: client key, refusals, counters read, rows written, counters taken last
-- (tiers by id, then pools by id), so that a hot row is locked for the shortest time.
-- `sold_out` is returned, never raised; only a race lost at the counters raises (VK001).
-- Commits asynchronously: nothing is owed before `attach_checkout`, which is durable.
-- Small statements by primary key, line by line: one query over the whole cart cost twice as much, and one statement
-- with a CTE for each table 7 % more.
create or replace function ticketing.reserve_order(
  event_id uuid, order_id uuid, venue_id uuid, client_key text, request_hash text, items jsonb, buyer jsonb,
  return_url text, locale text, expected_total_minor bigint, origin jsonb,
  max_holds integer default null
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  show record;
  tier record;
  by_id integer[] := '{1}';
  line_number integer;
  line_quantity integer;
  tier_ids uuid[] := '{}';
  pool_ids uuid[] := '{}';
  quantities integer[] := '{}';
  prices bigint[] := '{}';
  unknown uuid[] := '{}';
  closed uuid[] := '{}';
  full_tiers uuid[] := '{}';
  cart_quantity bigint := 0;
  total_minor bigint := 0;
  maximum integer;
  has_pools boolean := false;
  item_list jsonb := '[]';
begin
  perform set_config('synchronous_commit', 'off', true);
  select e.venue_id, e.name, e.status, e.over_at, e.currency, e.max_per_order, e.max_hold_seconds,
    e.delayed_payments, k.order_id as stored_order_id
  into show
  from ticketing.events e
  left join ticketing.order_keys k on k.event_id = e.event_id and k.client_key = reserve_order.client_key
  where e.event_id = reserve_order.event_id;
  if show.venue_id is distinct from reserve_order.venue_id then
    return jsonb_build_object('outcome', 'not_found');
  elsif show.stored_order_id is not null then
    return ticketing.stored_reservation(
      reserve_order.event_id, reserve_order.client_key, reserve_order.request_hash, moment);
  end if;

  for line in 1 .. jsonb_array_length(reserve_order.items) loop
    line_quantity := (reserve_order.items -> line - 1 ->> 'quantity')::integer;
    select t.tier_id, t.name, t.price_minor, t.max_per_order, t.pool_id,
      t.sales_start_at > moment or t.sales_end_at <= moment as closed,
      i.reserved + i.issued + line_quantity > i.capacity as full
    into tier
    from ticketing.tiers t
    join ticketing.tier_inventory i on i.event_id = t.event_id and i.tier_id = t.tier_id
    where t.event_id = reserve_order.event_id
      and t.tier_id = (reserve_order.items -> line - 1 ->> 'tierId')::uuid;
    if not found then
      unknown := unknown || (reserve_order.items -> line - 1 ->> 'tierId')::uuid;
      continue;
    end if;
    if tier.closed then
      closed := closed || tier.tier_id;
    end if;
    if tier.full then
      full_tiers := full_tiers || tier.tier_id;
    end if;
    if line_quantity > tier.max_per_order then
      maximum := least(maximum, tier.max_per_order);
    end if;
    has_pools := has_pools or tier.pool_id is not null;
    tier_ids := tier_ids || tier.tier_id;
    pool_ids := pool_ids || tier.pool_id;
    quantities := quantities || line_quantity;
    prices := prices || tier.price_minor;
    cart_quantity := cart_quantity + line_quantity;
    total_minor := total_minor + line_quantity * tier.price_minor;
    item_list := item_list || jsonb_build_object(
      'line', line, 'tierId', tier.tier_id, 'tierName', tier.name, 'quantity', line_quantity,
      'unitPrice', jsonb_build_object('amountMinor', tier.price_minor, 'currency', show.currency),
      'total', jsonb_build_object('amountMinor', line_quantity * tier.price_minor, 'currency', show.currency));
  end loop;

  if unknown <> '{}' then
    return jsonb_build_object('outcome', 'unknown_tier', 'tierIds', to_jsonb(unknown));
  elsif tier_ids = '{}' then
    raise exception 'a cart needs at least one line' using errcode = '22023';
  elsif show.status <> 'scheduled' or show.over_at <= moment then
    return jsonb_build_object('outcome', 'sales_closed', 'tierIds', to_jsonb(tier_ids));
  elsif closed <> '{}' then
    return jsonb_build_object('outcome', 'sales_closed', 'tierIds', to_jsonb(closed));
  elsif cart_quantity > show.max_per_order or maximum is not null then
    return jsonb_build_object('outcome', 'limit_exceeded', 'maximum', least(show.max_per_order, maximum));
  elsif total_minor <> reserve_order.expected_total_minor then
    return jsonb_build_object('outcome', 'price_changed', 'totalMinor', total_minor);
  end if;

  if has_pools then
    full_tiers := full_tiers
      || ticketing.tiers_without_pool_room(reserve_order.event_id, tier_ids, pool_ids, quantities);
  end if;
  if full_tiers <> '{}' then
    -- The twin of this very request may have taken the last place since.
    return coalesce(
      ticketing.stored_reservation(
        reserve_order.event_id, reserve_order.client_key, reserve_order.request_hash, moment),
      jsonb_build_object('outcome', 'sold_out', 'tierIds', to_jsonb(full_tiers)));
  end if;

  if reserve_order.max_holds is not null and ticketing.has_holds(
    reserve_order.event_id, reserve_order.buyer ->> 'email', reserve_order.max_holds)
  then
    -- The hold that was one too many may be this very request's.
    return coalesce(
      ticketing.stored_reservation(
        reserve_order.event_id, reserve_order.client_key, reserve_order.request_hash, moment),
      jsonb_build_object('outcome', 'too_many_holds', 'maximum', reserve_order.max_holds));
  end if;

  insert into ticketing.order_keys (event_id, client_key, request_hash, order_id)
  values (reserve_order.event_id, reserve_order.client_key, reserve_order.request_hash, reserve_order.order_id)
  on conflict do nothing;
  if not found then
    return ticketing.stored_reservation(
      reserve_order.event_id, reserve_order.client_key, reserve_order.request_hash, moment);
  end if;
  insert into ticketing.orders (
    event_id, order_id, total_minor, currency, buyer_name, buyer_email, return_url, locale, origin, created_at,
    hold_expires_at, hold_ends_at
  ) values (
    reserve_order.event_id, reserve_order.order_id, total_minor, show.currency, reserve_order.buyer ->> 'name',
    reserve_order.buyer ->> 'email', reserve_order.return_url, reserve_order.locale, reserve_order.origin, moment,
    moment + interval '2 minutes', moment + show.max_hold_seconds * interval '1 second'
  );
  for line in 1 .. cardinality(tier_ids) loop
    insert into ticketing.order_items (
      event_id, order_id, line, tier_id, pool_id, quantity, unit_price_minor, total_minor, counted_as
    ) values (
      reserve_order.event_id, reserve_order.order_id, line, tier_ids[line], pool_ids[line], quantities[line],
      prices[line], prices[line] * quantities[line], 'reserved'
    );
    insert into ticketing.journal (event_id, occurred_at, kind, order_id, tier_id, reserved_delta)
    values (reserve_order.event_id, moment, 'reserve', reserve_order.order_id, tier_ids[line], quantities[line]);
  end loop;

  -- The hot rows, each once: tiers by id, then pools by id.
  if cardinality(tier_ids) > 1 then
    by_id := array(select t.place from unnest(tier_ids) with ordinality as t (id, place) order by t.id);
  end if;
  foreach line_number in array by_id loop
    update ticketing.tier_inventory i set reserved = i.reserved + quantities[line_number]
    where i.event_id = reserve_order.event_id and i.tier_id = tier_ids[line_number]
      and i.reserved + i.issued + quantities[line_number] <= i.capacity;
    if not found then
      raise exception 'tier % was sold out a moment ago', tier_ids[line_number] using errcode = 'VK001';
    end if;
  end loop;
  if has_pools then
    perform ticketing.take_pools(reserve_order.event_id, reserve_order.order_id, pool_ids, quantities, moment);
  end if;

  return jsonb_build_object(
    'outcome', 'reserved', 'replayed', false, 'tokenVersion', 1,
    'event', jsonb_build_object('name', show.name, 'delayedPayments', show.delayed_payments),
    -- What `ticketing.order_json` would read back.
    'order', jsonb_build_object(
      'id', reserve_order.order_id, 'eventId', reserve_order.event_id, 'status', 'reserved', 'items', item_list,
      'total', jsonb_build_object('amountMinor', total_minor, 'currency', show.currency),
      'buyer', jsonb_build_object('name', reserve_order.buyer ->> 'name', 'email', reserve_order.buyer ->> 'email'),
      'createdAt', venuekit.iso(moment), 'holdExpiresAt', venuekit.iso(moment + interval '2 minutes'),
      'fulfilledAt', null, 'tickets', '[]'::jsonb, 'serverNow', venuekit.iso(moment)));
end
$$;

revoke execute on function ticketing.reserve_order from public;
grant execute on function ticketing.reserve_order to venuekit_app;
