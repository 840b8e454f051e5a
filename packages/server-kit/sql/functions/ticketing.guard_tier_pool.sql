create or replace function ticketing.guard_tier_pool() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
begin
  if exists (
    select from ticketing.order_items i where i.event_id = old.event_id and i.tier_id = old.tier_id
  ) then
    raise exception 'something was sold from tier %: its pool is fixed', old.tier_id
      using errcode = '23514', constraint = 'pool_fixed_once_sold';
  end if;
  return new;
end
$$;

create or replace trigger pool_fixed_once_sold before update of pool_id on ticketing.tiers
for each row when (old.pool_id is distinct from new.pool_id) execute function ticketing.guard_tier_pool();

revoke execute on function ticketing.guard_tier_pool from public;
