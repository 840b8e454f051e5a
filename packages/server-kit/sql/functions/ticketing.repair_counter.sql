-- Durable. Mends a ghost, a drifted counter, one whose row is gone, or a drifted journal: the counter is set from orders
-- and tickets. Where they have no room in it nothing changes: an oversold tier never mends itself. Needs an actor.
create or replace function ticketing.repair_counter(event_id uuid, tier_id uuid, pool_id uuid, actor text)
returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  mended boolean;
begin
  perform venuekit.commit_durably();
  if coalesce(repair_counter.actor, '') = '' then
    raise exception 'a repair needs an actor' using errcode = '22023';
  end if;
  if num_nonnulls(repair_counter.tier_id, repair_counter.pool_id) <> 1 or not exists (
    select from ticketing.tiers t
    where t.event_id = repair_counter.event_id and t.tier_id = repair_counter.tier_id
    union all
    select from ticketing.capacity_pools p
    where p.event_id = repair_counter.event_id and p.pool_id = repair_counter.pool_id
  ) then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  begin
    mended := ticketing.set_counter(
      repair_counter.event_id, repair_counter.tier_id, repair_counter.pool_id, repair_counter.actor, venuekit.clock());
  exception when check_violation then
    return jsonb_build_object('outcome', 'no_room');
  end;
  return jsonb_build_object('outcome', case when mended then 'repaired' else 'nothing_to_repair' end);
end
$$;

revoke execute on function ticketing.repair_counter from public;
grant execute on function ticketing.repair_counter to venuekit_app;
