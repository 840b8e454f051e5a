-- Holds places. Order of work: counters, event, refusals, rows written, counters taken last (tiers by id, then pools by
-- id), so that a hot row is locked for the shortest time. Nothing is refused before the client key was looked up, and
-- that after the counters were read: the twin of this very request may have taken the last place.
-- `sold_out` is returned, never raised; only a race lost at the counters raises (VK001).
-- Commits asynchronously: nothing is owed before `attach_checkout`, which is durable.
--
-- What a call costs is the number of its statements, columns and expressions, which PL/pgSQL prepares anew in each
-- transaction. Hence small statements by primary key (one that joined key, event, tier and counter cost half as much
-- again, one over any cart twice as much), arrays and sums only for a cart of several lines, and an answer written as
-- text (built by jsonb functions, it took a sixth of the call).
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
  line_count integer := jsonb_array_length(reserve_order.items);
  -- Read out of the cart once: in the statement below each mention would read it again.
  wanted_tier uuid;
  wanted integer;
  line ticketing.cart_line;
  -- All of them, where there are several or one draws on a shared pool.
  lines ticketing.cart_line[];
  places integer;
  total_minor bigint;
  has_pools boolean;
  unknown uuid[];
  closed uuid[];
  full_tiers uuid[];
  maximum integer;
  show record;
  commit_mode text;
  item_list text;
  answer jsonb;
begin
  for number in 1 .. line_count loop
    wanted_tier := (reserve_order.items -> number - 1 ->> 'tierId')::uuid;
    wanted := (reserve_order.items -> number - 1 ->> 'quantity')::integer;
    select t.tier_id, t.pool_id, t.name, wanted, t.price_minor, wanted * t.price_minor,
      t.sales_start_at > moment or t.sales_end_at <= moment,
      case when wanted > t.max_per_order then t.max_per_order end,
      i.reserved + i.issued + wanted > i.capacity
    into line
    from ticketing.tiers t
    join ticketing.tier_inventory i on i.event_id = reserve_order.event_id and i.tier_id = wanted_tier
    where t.event_id = reserve_order.event_id and t.tier_id = wanted_tier;
    if not found then
      unknown := unknown || wanted_tier;
    elsif line.is_full then
      full_tiers := full_tiers || wanted_tier;
    end if;
    if line.is_closed then
      closed := closed || wanted_tier;
    end if;
    if line.maximum is not null then
      maximum := least(maximum, line.maximum);
    end if;
    if line_count > 1 or line.pool_id is not null then
      lines := lines || line;
    end if;
  end loop;
  if line_count > 1 then
    select sum(l.quantity), sum(l.total_minor), count(l.pool_id) > 0 into places, total_minor, has_pools
    from unnest(lines) l;
  else
    places := line.quantity;
    total_minor := line.total_minor;
    has_pools := line.pool_id is not null;
  end if;

  select e.name, e.currency, e.max_per_order, e.max_hold_seconds, e.delayed_payments,
    e.status <> 'scheduled' or e.over_at <= moment as is_over, places > e.max_per_order as is_too_much
  into show
  from ticketing.events e
  where e.event_id = reserve_order.event_id and e.venue_id = reserve_order.venue_id;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if has_pools then
    full_tiers := full_tiers || nullif(ticketing.tiers_without_pool_room(
      reserve_order.event_id, array(select l.tier_id from unnest(lines) l),
      array(select l.pool_id from unnest(lines) l), array(select l.quantity from unnest(lines) l)), '{}');
  end if;
  if unknown is not null or closed is not null or full_tiers is not null or maximum is not null
    or show.is_over or show.is_too_much or places is null or total_minor <> reserve_order.expected_total_minor
  then
    perform from ticketing.order_keys k
    where k.event_id = reserve_order.event_id and k.client_key = reserve_order.client_key;
    if found then
      return ticketing.stored_reservation(
        reserve_order.event_id, reserve_order.client_key, reserve_order.request_hash, moment);
    elsif unknown is not null then
      return jsonb_build_object('outcome', 'unknown_tier', 'tierIds', unknown);
    elsif places is null then
      raise exception 'a cart needs at least one line' using errcode = '22023';
    elsif show.is_over then
      return jsonb_build_object(
        'outcome', 'sales_closed', 'tierIds', jsonb_path_query_array(reserve_order.items, '$[*].tierId'));
    elsif closed is not null then
      return jsonb_build_object('outcome', 'sales_closed', 'tierIds', closed);
    elsif maximum is not null or show.is_too_much then
      return jsonb_build_object('outcome', 'limit_exceeded', 'maximum', least(show.max_per_order, maximum));
    elsif total_minor <> reserve_order.expected_total_minor then
      return jsonb_build_object('outcome', 'price_changed', 'totalMinor', total_minor);
    end if;
    return jsonb_build_object('outcome', 'sold_out', 'tierIds', full_tiers);
  end if;

  if reserve_order.max_holds is not null then
    if ticketing.has_holds(reserve_order.event_id, reserve_order.buyer ->> 'email', reserve_order.max_holds) then
      -- The hold that was one too many may be this very request's.
      return coalesce(
        ticketing.stored_reservation(
          reserve_order.event_id, reserve_order.client_key, reserve_order.request_hash, moment),
        jsonb_build_object('outcome', 'too_many_holds', 'maximum', reserve_order.max_holds));
    end if;
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
    reserve_order.event_id, reserve_order.order_id, total_minor, show.currency, reserve_order.buyer ->> 'name',
    reserve_order.buyer ->> 'email', reserve_order.return_url, reserve_order.locale, reserve_order.origin, moment,
    moment + interval '2 minutes', moment + show.max_hold_seconds * interval '1 second'
  );
  for number in 1 .. line_count loop
    if line_count > 1 then
      line := lines[number];
    end if;
    insert into ticketing.order_items (
      event_id, order_id, line, tier_id, pool_id, quantity, unit_price_minor, total_minor, counted_as
    ) values (
      reserve_order.event_id, reserve_order.order_id, number, line.tier_id, line.pool_id, line.quantity,
      line.price_minor, line.total_minor, 'reserved'
    );
    insert into ticketing.journal (event_id, occurred_at, kind, order_id, tier_id, reserved_delta)
    values (reserve_order.event_id, moment, 'reserve', reserve_order.order_id, line.tier_id, line.quantity);
    item_list := concat_ws(', ', item_list, format(
      '{"line": %s, "tierId": "%s", "tierName": %s, "quantity": %s, '
        '"unitPrice": {"amountMinor": %s, "currency": "%s"}, "total": {"amountMinor": %s, "currency": "%s"}}',
      number, line.tier_id, to_json(line.name), line.quantity, line.price_minor, show.currency, line.total_minor,
      show.currency));
  end loop;
  -- Written before the hot rows are locked; what `ticketing.order_json` would read back.
  answer := format(
    '{"outcome": "reserved", "replayed": false, "tokenVersion": 1, "event": {"name": %s, "delayedPayments": %s}, '
      '"order": {"id": "%s", "eventId": "%s", "status": "reserved", "items": [%s], '
      '"total": {"amountMinor": %s, "currency": "%s"}, "buyer": {"name": %s, "email": %s}, '
      '"createdAt": "%10$s", "holdExpiresAt": "%11$s", "fulfilledAt": null, "tickets": [], "serverNow": "%10$s"}}',
    to_json(show.name), to_json(show.delayed_payments), reserve_order.order_id, reserve_order.event_id, item_list,
    total_minor, show.currency, reserve_order.buyer -> 'name', reserve_order.buyer -> 'email',
    venuekit.iso(moment), venuekit.iso(moment + interval '2 minutes'));

  -- The hot rows, each once: tiers by id, then pools by id.
  if line_count > 1 then
    lines := array(select l from unnest(lines) l order by l.tier_id);
  end if;
  for number in 1 .. line_count loop
    if line_count > 1 then
      line := lines[number];
    end if;
    update ticketing.tier_inventory i set reserved = i.reserved + line.quantity
    where i.event_id = reserve_order.event_id and i.tier_id = line.tier_id
      and i.reserved + i.issued + line.quantity <= i.capacity;
    if not found then
      raise exception 'tier % was sold out a moment ago', line.tier_id using errcode = 'VK001';
    end if;
  end loop;
  if has_pools then
    perform ticketing.take_pools(
      reserve_order.event_id, reserve_order.order_id, array(select l.pool_id from unnest(lines) l),
      array(select l.quantity from unnest(lines) l), moment);
  end if;
  return answer;
end
$$;

revoke execute on function ticketing.reserve_order from public;
grant execute on function ticketing.reserve_order to venuekit_app;
