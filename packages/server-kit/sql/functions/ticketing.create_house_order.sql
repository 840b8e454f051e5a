-- Durable. A gift (`comp`, at no price) or a sale at the door (`door`, at the tiers' prices, paid outside the gateway):
-- reserved and completed in one transaction, so that no hold is left behind. Windows of sale and limits per order do
-- not bind the house; a cancelled or finished show does, and stopped sales stop the door. Idempotent by the client key.
-- Mails lead to the first page that a key of the venue allows, where there is one.
create or replace function ticketing.create_house_order(
  event_id uuid, order_id uuid, kind text, client_key text, request_hash text, items jsonb, buyer jsonb, payment jsonb,
  source jsonb
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  show ticketing.events;
  stored ticketing.order_keys;
  unknown jsonb;
  full_tiers uuid[];
  tier_ids uuid[];
  pool_ids uuid[];
  quantities integer[];
  prices bigint[];
  due_minor bigint;
  page text;
  completed jsonb;
begin
  perform venuekit.commit_durably();
  select e.* into show from ticketing.events e where e.event_id = create_house_order.event_id;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  select k.* into stored from ticketing.order_keys k
  where k.event_id = show.event_id and k.client_key = create_house_order.client_key;
  if found then
    return ticketing.stored_house_order(stored, create_house_order.request_hash);
  end if;

  select jsonb_agg(i.value -> 'tierId') into unknown
  from jsonb_array_elements(create_house_order.items) as i (value)
  where not exists (
    select from ticketing.tiers t where t.event_id = show.event_id and t.tier_id = (i.value ->> 'tierId')::uuid
  );
  if unknown is not null then
    return jsonb_build_object('outcome', 'unknown_tier', 'tierIds', unknown);
  elsif show.status = 'cancelled' or show.over_at <= moment
    or (show.status = 'paused' and create_house_order.kind = 'door')
  then
    return jsonb_build_object('outcome', 'sales_closed', 'tierIds', '[]'::jsonb);
  end if;

  select array_agg(t.tier_id order by i.place), array_agg(t.pool_id order by i.place),
    array_agg((i.value ->> 'quantity')::integer order by i.place),
    array_agg(case create_house_order.kind when 'comp' then 0 else t.price_minor end order by i.place),
    array_agg(t.tier_id) filter (
      where c.reserved + c.issued + (i.value ->> 'quantity')::integer > c.capacity)
  into tier_ids, pool_ids, quantities, prices, full_tiers
  from jsonb_array_elements(create_house_order.items) with ordinality as i (value, place)
  join ticketing.tiers t on t.event_id = show.event_id and t.tier_id = (i.value ->> 'tierId')::uuid
  join ticketing.tier_inventory c on c.event_id = t.event_id and c.tier_id = t.tier_id;
  select sum(l.quantity * l.price) into due_minor from unnest(quantities, prices) as l (quantity, price);
  full_tiers := coalesce(full_tiers, '{}')
    || ticketing.tiers_without_pool_room(show.event_id, tier_ids, pool_ids, quantities);
  if due_minor <> coalesce((create_house_order.payment ->> 'amountMinor')::bigint, 0) then
    return jsonb_build_object('outcome', 'price_changed', 'totalMinor', due_minor);
  elsif full_tiers <> '{}' then
    -- The last place may have gone to the twin of this very request.
    select k.* into stored from ticketing.order_keys k
    where k.event_id = show.event_id and k.client_key = create_house_order.client_key;
    return case
      when found then ticketing.stored_house_order(stored, create_house_order.request_hash)
      else jsonb_build_object('outcome', 'sold_out', 'tierIds', to_jsonb(full_tiers))
    end;
  end if;

  insert into ticketing.order_keys (event_id, client_key, request_hash, order_id)
  values (show.event_id, create_house_order.client_key, create_house_order.request_hash, create_house_order.order_id)
  on conflict do nothing;
  if not found then
    select k.* into stored from ticketing.order_keys k
    where k.event_id = show.event_id and k.client_key = create_house_order.client_key;
    return ticketing.stored_house_order(stored, create_house_order.request_hash);
  end if;

  select k.allowed_origins[1] || '/' into page from venuekit.publishable_keys k
  where k.venue_id = show.venue_id and k.revoked_at is null and cardinality(k.allowed_origins) > 0
  order by k.created_at, k.publishable_key
  limit 1;
  insert into ticketing.orders (
    event_id, order_id, kind, total_minor, currency, buyer_name, buyer_email, return_url, created_at, hold_expires_at,
    hold_ends_at
  ) values (
    show.event_id, create_house_order.order_id, create_house_order.kind::ticketing.order_kind, due_minor,
    show.currency, create_house_order.buyer ->> 'name', create_house_order.buyer ->> 'email', page, moment,
    moment + interval '2 minutes', moment + show.max_hold_seconds * interval '1 second'
  );
  insert into ticketing.order_items (
    event_id, order_id, line, tier_id, pool_id, quantity, unit_price_minor, total_minor, counted_as
  )
  select show.event_id, create_house_order.order_id, l.line, l.tier_id, l.pool_id, l.quantity, l.price,
    l.price * l.quantity, 'none'
  from unnest(tier_ids, pool_ids, quantities, prices) with ordinality as l (tier_id, pool_id, quantity, price, line);

  -- Takes the places as it issues, with the counters last; a lost race raises VK001 and nothing of it stays.
  completed := ticketing.complete_order_atomic(
    show.event_id, create_house_order.order_id,
    case when due_minor > 0 then create_house_order.payment end, create_house_order.source);
  if completed ->> 'outcome' <> 'issued' then
    raise exception 'the order of the house was answered %', completed ->> 'outcome';
  end if;
  return jsonb_build_object('outcome', 'issued', 'orderId', create_house_order.order_id);
end
$$;

revoke execute on function ticketing.create_house_order from public;
grant execute on function ticketing.create_house_order to venuekit_app;
