-- An event's orders, newest first, of one address or one status where given. The cursor is the last order's creation in
-- microseconds and its id. No index of its own: it would cost every sale, and 20,000 orders are read in 15 ms.
create or replace function ticketing.search_orders(
  event_id uuid, email text, status text, cursor text, page_size integer
) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  before_moment timestamptz := 'infinity';
  before_id uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  ids uuid[];
  moments timestamptz[];
begin
  if not exists (select from ticketing.events e where e.event_id = search_orders.event_id) then
    return jsonb_build_object('outcome', 'not_found');
  elsif search_orders.cursor is not null then
    if search_orders.cursor !~ '^-?[0-9]{1,17}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
      return jsonb_build_object('outcome', 'bad_cursor');
    end if;
    before_moment := 'epoch'::timestamptz
      + split_part(search_orders.cursor, '.', 1)::bigint * interval '1 microsecond';
    before_id := split_part(search_orders.cursor, '.', 2);
  end if;

  select array_agg(f.order_id), array_agg(f.created_at) into ids, moments
  from (
    select o.order_id, o.created_at from ticketing.orders o
    where o.event_id = search_orders.event_id and (o.created_at, o.order_id) < (before_moment, before_id)
      and (search_orders.email is null or lower(o.buyer_email) = lower(search_orders.email))
      and (search_orders.status is null or o.status::text = search_orders.status)
    order by o.created_at desc, o.order_id desc
    limit search_orders.page_size + 1
  ) f;
  return jsonb_build_object(
    'outcome', 'found',
    'items', coalesce((
      select jsonb_agg(ticketing.get_admin_order(search_orders.event_id, f.order_id) -> 'order')
      from unnest(ids[:search_orders.page_size]) as f (order_id)
    ), '[]'),
    'nextCursor', case when cardinality(ids) > search_orders.page_size then
      (extract(epoch from moments[search_orders.page_size]) * 1000000)::bigint || '.' || ids[search_orders.page_size]
    end);
end
$$;

revoke execute on function ticketing.search_orders from public;
grant execute on function ticketing.search_orders to venuekit_app;
