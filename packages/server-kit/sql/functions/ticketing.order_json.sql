-- An order in the contract's shape; ticket codes are left empty, the service signs them.
create or replace function ticketing.order_json(event_id uuid, order_id uuid, moment timestamptz) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'id', o.order_id, 'eventId', o.event_id, 'status', o.status,
    'items', coalesce((
      select jsonb_agg(
        jsonb_build_object(
          'line', i.line, 'tierId', i.tier_id, 'tierName', t.name, 'quantity', i.quantity,
          'unitPrice', jsonb_build_object('amountMinor', i.unit_price_minor, 'currency', o.currency),
          'total', jsonb_build_object('amountMinor', i.total_minor, 'currency', o.currency))
        order by i.line)
      from ticketing.order_items i
      join ticketing.tiers t on t.event_id = i.event_id and t.tier_id = i.tier_id
      where i.event_id = o.event_id and i.order_id = o.order_id
    ), '[]'),
    'total', jsonb_build_object('amountMinor', o.total_minor, 'currency', o.currency),
    'buyer', jsonb_build_object('name', o.buyer_name, 'email', o.buyer_email),
    'createdAt', venuekit.iso(o.created_at),
    'holdExpiresAt', case when o.status = 'reserved' then venuekit.iso(o.hold_expires_at) end,
    'fulfilledAt', venuekit.iso(o.fulfilled_at),
    'tickets', case when o.fulfilled_at is null and o.status <> 'fulfilled' then '[]' else coalesce((
      select jsonb_agg(
        jsonb_build_object(
          'id', k.ticket_id, 'line', k.line, 'ordinal', k.ordinal, 'tierId', i.tier_id, 'tierName', t.name,
          'status', k.status, 'code', '', 'codeVersion', k.code_version)
        order by k.line, k.ordinal)
      from ticketing.tickets k
      join ticketing.order_items i on i.event_id = k.event_id and i.order_id = k.order_id and i.line = k.line
      join ticketing.tiers t on t.event_id = i.event_id and t.tier_id = i.tier_id
      where k.event_id = o.event_id and k.order_id = o.order_id
    ), '[]') end,
    'serverNow', venuekit.iso(order_json.moment))
  from ticketing.orders o
  where o.event_id = order_json.event_id and o.order_id = order_json.order_id
$$;

revoke execute on function ticketing.order_json from public;
