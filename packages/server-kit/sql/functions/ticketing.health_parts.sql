-- One event's health by part. A large event is looked at from its checkpoint on, any other whole.
create or replace function ticketing.health_parts(event_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  if ticketing.is_large_event(health_parts.event_id) then
    return ticketing.findings_to_parts(array(select f from ticketing.recent_findings(health_parts.event_id) as f));
  end if;
  return ticketing.findings_to_parts(array(select f from ticketing.event_findings(health_parts.event_id) as f));
end
$$;

revoke execute on function ticketing.health_parts from public;
grant execute on function ticketing.health_parts to venuekit_ops;
