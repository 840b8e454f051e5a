-- Holds places. Order of work: client key, refusals, counters read, rows written, counters taken last
-- (tiers by id, then pools by id), so that a hot row is locked for the shortest time.
-- `sold_out` is returned, never raised; only a race lost at the counters raises (VK001).
-- Commits asynchronously: nothing is owed before `attach_checkout`, which is durable.
--
-- What a call costs is the number of its statements and expressions, which PL/pgSQL prepares anew in each transaction:
-- hence one statement for key, event and first line (half the time of a refusal), and small ones by primary key for
-- the rest: one query over any cart cost twice as much, and one statement with a CTE for each table 7 % more.
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
  -- Read out of the cart once: in the statement below each mention would read it again.
  first_tier uuid := (reserve_order.items -> 0 ->> 'tierId')::uuid;
  first_quantity integer := (reserve_order.items -> 0 ->> 'quantity')::integer;
  cart record;
  tier record;
  by_id integer[];
  line_number integer;
  item_list jsonb;
  commit_mode text;
  answer jsonb;
begin
  select e.venue_id, e.name, e.currency, e.max_per_order, e.max_hold_seconds, e.delayed_payments,
    e.status <> 'scheduled' or e.over_at <= moment as over, k.order_id as stored_order_id,
    jsonb_array_length(reserve_order.items) as line_count, first_quantity as places,
    first_quantity * t.price_minor as total_minor, t.pool_id is not null as has_pools,
    array[t.tier_id] as tier_ids, array[t.pool_id] as pool_ids, array[t.name] as names,
    array[first_quantity] as quantities, array[t.price_minor] as prices,
    case when t.tier_id is null then array[first_tier] end as unknown,
    case when t.sales_start_at > moment or t.sales_end_at <= moment then array[t.tier_id] end as closed,
    case when first_quantity > t.max_per_order then t.max_per_order end as maximum,
    case when i.reserved + i.issued + first_quantity > i.capacity then array[t.tier_id] end as full_tiers
  into cart
  from ticketing.events e
  left join ticketing.order_keys k on k.event_id = e.event_id and k.client_key = reserve_order.client_key
  left join ticketing.tiers t on t.event_id = e.event_id and t.tier_id = first_tier
  left join ticketing.tier_inventory i on i.event_id = e.event_id and i.tier_id = first_tier
  where e.event_id = reserve_order.event_id;
  if cart.venue_id is distinct from reserve_order.venue_id then
    return jsonb_build_object('outcome', 'not_found');
  elsif cart.stored_order_id is not null then
    return ticketing.stored_reservation(
      reserve_order.event_id, reserve_order.client_key, reserve_order.request_hash, moment);
  end if;

  for line in 2 .. cart.line_count loop
    select t.tier_id, t.name, t.price_minor, t.max_per_order, t.pool_id, l.quantity,
      t.sales_start_at > moment or t.sales_end_at <= moment as closed,
      i.reserved + i.issued + l.quantity > i.capacity as full
    into tier
    from (
      select (reserve_order.items -> line - 1 ->> 'tierId')::uuid as tier_id,
        (reserve_order.items -> line - 1 ->> 'quantity')::integer as quantity
    ) l
    join ticketing.tiers t on t.event_id = reserve_order.event_id and t.tier_id = l.tier_id
    join ticketing.tier_inventory i on i.event_id = t.event_id and i.tier_id = t.tier_id;
    if not found then
      cart.unknown := cart.unknown || (reserve_order.items -> line - 1 ->> 'tierId')::uuid;
      continue;
    end if;
    if tier.closed then
      cart.closed := cart.closed || tier.tier_id;
    end if;
    if tier.full then
      cart.full_tiers := cart.full_tiers || tier.tier_id;
    end if;
    if tier.quantity > tier.max_per_order then
      cart.maximum := least(cart.maximum, tier.max_per_order);
    end if;
    cart.places := cart.places + tier.quantity;
    cart.total_minor := cart.total_minor + tier.quantity * tier.price_minor;
    cart.has_pools := cart.has_pools or tier.pool_id is not null;
    cart.tier_ids := cart.tier_ids || tier.tier_id;
    cart.pool_ids := cart.pool_ids || tier.pool_id;
    cart.names := cart.names || tier.name;
    cart.quantities := cart.quantities || tier.quantity;
    cart.prices := cart.prices || tier.price_minor;
  end loop;

  if cart.over or cart.closed is not null or cart.unknown is not null or cart.places > cart.max_per_order
    or cart.maximum is not null or cart.total_minor <> reserve_order.expected_total_minor
  then
    if cart.line_count = 0 then
      raise exception 'a cart needs at least one line' using errcode = '22023';
    elsif cart.unknown is not null then
      return jsonb_build_object('outcome', 'unknown_tier', 'tierIds', to_jsonb(cart.unknown));
    elsif cart.over then
      return jsonb_build_object('outcome', 'sales_closed', 'tierIds', to_jsonb(cart.tier_ids));
    elsif cart.closed is not null then
      return jsonb_build_object('outcome', 'sales_closed', 'tierIds', to_jsonb(cart.closed));
    elsif cart.places > cart.max_per_order or cart.maximum is not null then
      return jsonb_build_object('outcome', 'limit_exceeded', 'maximum', least(cart.max_per_order, cart.maximum));
    end if;
    return jsonb_build_object('outcome', 'price_changed', 'totalMinor', cart.total_minor);
  end if;

  if cart.has_pools then
    cart.full_tiers := cart.full_tiers || nullif(ticketing.tiers_without_pool_room(
      reserve_order.event_id, cart.tier_ids, cart.pool_ids, cart.quantities), '{}');
  end if;
  if cart.full_tiers is not null then
    return coalesce(
      -- The twin of this very request may have taken the last place since its key was looked up; not, where one
      -- snapshot showed all there is to see.
      case when cart.has_pools or cart.line_count > 1 then ticketing.stored_reservation(
        reserve_order.event_id, reserve_order.client_key, reserve_order.request_hash, moment) end,
      jsonb_build_object('outcome', 'sold_out', 'tierIds', to_jsonb(cart.full_tiers)));
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

  commit_mode := set_config('synchronous_commit', 'off', true);
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
    reserve_order.event_id, reserve_order.order_id, cart.total_minor, cart.currency, reserve_order.buyer ->> 'name',
    reserve_order.buyer ->> 'email', reserve_order.return_url, reserve_order.locale, reserve_order.origin, moment,
    moment + interval '2 minutes', moment + cart.max_hold_seconds * interval '1 second'
  );
  item_list := '[]'::jsonb;
  for line in 1 .. cart.line_count loop
    insert into ticketing.order_items (
      event_id, order_id, line, tier_id, pool_id, quantity, unit_price_minor, total_minor, counted_as
    ) values (
      reserve_order.event_id, reserve_order.order_id, line, cart.tier_ids[line], cart.pool_ids[line],
      cart.quantities[line], cart.prices[line], cart.prices[line] * cart.quantities[line], 'reserved'
    );
    insert into ticketing.journal (event_id, occurred_at, kind, order_id, tier_id, reserved_delta)
    values (
      reserve_order.event_id, moment, 'reserve', reserve_order.order_id, cart.tier_ids[line], cart.quantities[line]
    );
    item_list := item_list || jsonb_build_object(
      'line', line, 'tierId', cart.tier_ids[line], 'tierName', cart.names[line], 'quantity', cart.quantities[line],
      'unitPrice', jsonb_build_object('amountMinor', cart.prices[line], 'currency', cart.currency),
      'total', jsonb_build_object('amountMinor', cart.prices[line] * cart.quantities[line], 'currency', cart.currency));
  end loop;
  -- Built before the hot rows are locked.
  answer := jsonb_build_object(
    'outcome', 'reserved', 'replayed', false, 'tokenVersion', 1,
    'event', jsonb_build_object('name', cart.name, 'delayedPayments', cart.delayed_payments),
    -- What `ticketing.order_json` would read back.
    'order', jsonb_build_object(
      'id', reserve_order.order_id, 'eventId', reserve_order.event_id, 'status', 'reserved', 'items', item_list,
      'total', jsonb_build_object('amountMinor', cart.total_minor, 'currency', cart.currency),
      'buyer', jsonb_build_object('name', reserve_order.buyer ->> 'name', 'email', reserve_order.buyer ->> 'email'),
      'createdAt', venuekit.iso(moment), 'holdExpiresAt', venuekit.iso(moment + interval '2 minutes'),
      'fulfilledAt', null, 'tickets', '[]'::jsonb, 'serverNow', venuekit.iso(moment)));

  -- The hot rows, each once: tiers by id, then pools by id.
  if cart.line_count > 1 then
    by_id := array(select t.place from unnest(cart.tier_ids) with ordinality as t (id, place) order by t.id);
  end if;
  foreach line_number in array coalesce(by_id, '{1}'::integer[]) loop
    update ticketing.tier_inventory i set reserved = i.reserved + cart.quantities[line_number]
    where i.event_id = reserve_order.event_id and i.tier_id = cart.tier_ids[line_number]
      and i.reserved + i.issued + cart.quantities[line_number] <= i.capacity;
    if not found then
      raise exception 'tier % was sold out a moment ago', cart.tier_ids[line_number] using errcode = 'VK001';
    end if;
  end loop;
  if cart.has_pools then
    perform ticketing.take_pools(
      reserve_order.event_id, reserve_order.order_id, cart.pool_ids, cart.quantities, moment);
  end if;
  return answer;
end
$$;

revoke execute on function ticketing.reserve_order from public;
grant execute on function ticketing.reserve_order to venuekit_app;
