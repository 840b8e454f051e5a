-- Durable. Puts the lines of one order right: they count as the order stands, and have given back a place for each void
-- ticket; then their counters, tiers by id and pools by id. Locks the order first. Needs an actor. Where the counters
-- have no room nothing changes. An order under review keeps its lines: a person decides about it.
create or replace function ticketing.repair_lines(event_id uuid, order_id uuid, actor text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  bought ticketing.orders;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  if coalesce(repair_lines.actor, '') = '' then
    raise exception 'a repair needs an actor' using errcode = '22023';
  end if;
  select o.* into bought from ticketing.orders o
  where o.event_id = repair_lines.event_id and o.order_id = repair_lines.order_id
  for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  elsif bought.status = 'needs_review' then
    return jsonb_build_object('outcome', 'nothing_to_repair');
  end if;
  moment := venuekit.clock();

  begin
    if not ticketing.set_lines(bought, repair_lines.actor, moment) then
      return jsonb_build_object('outcome', 'nothing_to_repair');
    end if;
  exception when check_violation then
    return jsonb_build_object('outcome', 'no_room');
  end;
  return jsonb_build_object('outcome', 'repaired');
end
$$;

revoke execute on function ticketing.repair_lines from public;
grant execute on function ticketing.repair_lines to venuekit_app;
