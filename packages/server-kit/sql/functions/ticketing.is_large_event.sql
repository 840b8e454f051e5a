-- Whether an event's health is looked at from its checkpoint on: the whole of 20,000 tickets takes 0.1 s.
create or replace function ticketing.is_large_event(event_id uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
  select coalesce((
    select sum(i.reserved + i.issued) > 2000 from ticketing.tier_inventory i
    where i.event_id = is_large_event.event_id
  ), false) and exists (
    select from ticketing.health_checkpoints c where c.event_id = is_large_event.event_id)
$$;

revoke execute on function ticketing.is_large_event from public;
