-- One event's health by part. A large event is looked at from its checkpoint on (the whole of 20,000 tickets takes
-- 0.1 s), any other whole.
create or replace function ticketing.health_parts(event_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  large boolean := coalesce((
    select sum(i.reserved + i.issued) > 2000 from ticketing.tier_inventory i where i.event_id = health_parts.event_id
  ), false) and exists (
    select from ticketing.health_checkpoints c where c.event_id = health_parts.event_id);
begin
  if large then
    return ticketing.findings_to_parts(array(select f from ticketing.recent_findings(health_parts.event_id) as f));
  end if;
  return ticketing.findings_to_parts(array(select f from ticketing.event_findings(health_parts.event_id) as f));
end
$$;

revoke execute on function ticketing.health_parts from public;
grant execute on function ticketing.health_parts to venuekit_ops;
