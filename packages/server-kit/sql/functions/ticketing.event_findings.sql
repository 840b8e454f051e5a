-- The whole audit of one event, live.
create or replace function ticketing.event_findings(event_id uuid) returns setof ticketing.finding
language sql stable security definer set search_path = ''
as $$
  select * from ticketing.find_counter_faults(event_findings.event_id, true)
  union all
  select * from ticketing.find_order_faults(event_findings.event_id, null)
  union all
  select * from ticketing.find_overdue_reservations(event_findings.event_id)
  union all
  select * from ticketing.find_stuck_refunds(event_findings.event_id)
  union all
  select * from ticketing.find_unsent_messages(event_findings.event_id)
$$;

revoke execute on function ticketing.event_findings from public;
grant execute on function ticketing.event_findings to venuekit_ops;
