-- Takes a cart's places from its shared pools, journalled and summed per pool, pools by id. A lost race raises VK001.
create or replace function ticketing.take_pools(
  event_id uuid, order_id uuid, pool_ids uuid[], quantities integer[], moment timestamptz
) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  part record;
begin
  insert into ticketing.journal (event_id, occurred_at, kind, order_id, pool_id, reserved_delta)
  select take_pools.event_id, take_pools.moment, 'reserve', take_pools.order_id, l.pool_id, l.quantity
  from unnest(take_pools.pool_ids, take_pools.quantities) as l (pool_id, quantity)
  where l.pool_id is not null;

  for part in
    select l.pool_id, sum(l.quantity)::integer as quantity
    from unnest(take_pools.pool_ids, take_pools.quantities) as l (pool_id, quantity)
    where l.pool_id is not null
    group by l.pool_id
    order by l.pool_id
  loop
    update ticketing.pool_inventory i set reserved = i.reserved + part.quantity
    where i.event_id = take_pools.event_id and i.pool_id = part.pool_id
      and i.reserved + i.issued + part.quantity <= i.capacity;
    if not found then
      raise exception 'pool % was sold out a moment ago', part.pool_id using errcode = 'VK001';
    end if;
  end loop;
end
$$;

revoke execute on function ticketing.take_pools from public;
