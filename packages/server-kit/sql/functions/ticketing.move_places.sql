-- Moves counters and journals each move. Called last in a transaction: it takes the hot locks, tiers by id and then
-- pools by id, each row once, so that no two transactions can wait for each other.
-- Whatever takes room is guarded by the row's own capacity; a lost race raises VK001. A counter that is not there is no
-- lost race, after which money would go back, but P0002: to be tried again once it was repaired.
create or replace function ticketing.move_places(
  event_id uuid, kind text, moves ticketing.place_move[], moment timestamptz, actor text
) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  part record;
begin
  insert into ticketing.journal (
    event_id, occurred_at, kind, order_id, tier_id, pool_id, reserved_delta, issued_delta, actor
  )
  select move_places.event_id, move_places.moment, move_places.kind, m.order_id, c.tier_id, c.pool_id, m.reserved,
    m.issued, move_places.actor
  from unnest(move_places.moves) as m
  cross join lateral (
    select m.tier_id, null::uuid as pool_id
    union all
    select null, m.pool_id where m.pool_id is not null
  ) c;

  for part in
    select m.tier_id, sum(m.reserved)::integer as reserved, sum(m.issued)::integer as issued
    from unnest(move_places.moves) as m
    group by m.tier_id
    order by m.tier_id
  loop
    update ticketing.tier_inventory i
    set reserved = i.reserved + part.reserved, issued = i.issued + part.issued
    where i.event_id = move_places.event_id and i.tier_id = part.tier_id
      and (part.reserved + part.issued <= 0
        or i.reserved + i.issued + part.reserved + part.issued <= i.capacity);
    if not found then
      perform from ticketing.tier_inventory i
      where i.event_id = move_places.event_id and i.tier_id = part.tier_id;
      if not found then
        raise exception 'tier % has no counter: run an audit', part.tier_id using errcode = 'P0002';
      end if;
      raise exception 'no room left in tier %', part.tier_id using errcode = 'VK001';
    end if;
  end loop;

  for part in
    select m.pool_id, sum(m.reserved)::integer as reserved, sum(m.issued)::integer as issued
    from unnest(move_places.moves) as m
    where m.pool_id is not null
    group by m.pool_id
    order by m.pool_id
  loop
    update ticketing.pool_inventory i
    set reserved = i.reserved + part.reserved, issued = i.issued + part.issued
    where i.event_id = move_places.event_id and i.pool_id = part.pool_id
      and (part.reserved + part.issued <= 0
        or i.reserved + i.issued + part.reserved + part.issued <= i.capacity);
    if not found then
      perform from ticketing.pool_inventory i
      where i.event_id = move_places.event_id and i.pool_id = part.pool_id;
      if not found then
        raise exception 'pool % has no counter: run an audit', part.pool_id using errcode = 'P0002';
      end if;
      raise exception 'no room left in pool %', part.pool_id using errcode = 'VK001';
    end if;
  end loop;
end
$$;

revoke execute on function ticketing.move_places from public;
