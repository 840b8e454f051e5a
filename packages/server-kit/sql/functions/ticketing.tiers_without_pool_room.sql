-- The tiers of a cart whose shared pool has not room for all of the cart that draws on it.
create or replace function ticketing.tiers_without_pool_room(
  event_id uuid, tier_ids uuid[], pool_ids uuid[], quantities integer[]
) returns uuid[]
language sql volatile security definer set search_path = ''
as $$
  select coalesce(array_agg(l.tier_id), '{}')
  from (
    select u.tier_id, u.pool_id, sum(u.quantity) over (partition by u.pool_id) as wanted
    from unnest(tier_ids, pool_ids, quantities) as u (tier_id, pool_id, quantity)
  ) l
  join ticketing.pool_inventory i on i.event_id = tiers_without_pool_room.event_id and i.pool_id = l.pool_id
  where i.reserved + i.issued + l.wanted > i.capacity
$$;

revoke execute on function ticketing.tiers_without_pool_room from public;
