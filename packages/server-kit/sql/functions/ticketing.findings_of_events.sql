-- The whole audit of some events, live. What is looked for in every order is looked for in all events at once: of 200
-- with a million tickets it took a fifth of the time that one after the other took, whose rows lie scattered.
create or replace function ticketing.findings_of_events(event_ids uuid[]) returns setof ticketing.finding
language sql stable security definer set search_path = ''
as $$
  select * from ticketing.find_counter_faults(findings_of_events.event_ids, true)
  union all
  select * from ticketing.find_order_faults(findings_of_events.event_ids, null)
  union all
  select * from ticketing.find_refund_faults(findings_of_events.event_ids, null)
  union all
  select * from ticketing.find_money_faults(findings_of_events.event_ids)
  union all
  select f.*
  from unnest(findings_of_events.event_ids) as d (event_id)
  cross join lateral (
    select * from ticketing.find_overdue_reservations(d.event_id)
    union all
    select * from ticketing.find_stuck_refunds(d.event_id)
    union all
    select * from ticketing.find_waiting_reviews(d.event_id)
    union all
    select * from ticketing.find_unsent_messages(d.event_id)
  ) f
$$;

revoke execute on function ticketing.findings_of_events from public;
grant execute on function ticketing.findings_of_events to venuekit_ops;
