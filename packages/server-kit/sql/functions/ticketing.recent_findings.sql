-- What is wrong with one event, from its checkpoint on: counters against checkpointed sums and the tail of the journal,
-- and only those orders that moved since or were not well then. Only rows that somebody changed past the functions, in
-- an order that nothing moved since, wait for the next look of the job.
create or replace function ticketing.recent_findings(event_id uuid) returns setof ticketing.finding
language sql stable security definer set search_path = ''
as $$
  with suspects as materialized (
    select array(
      select unnest(c.faulty_orders) from ticketing.health_checkpoints c where c.event_id = recent_findings.event_id
      union
      select j.order_id from ticketing.journal j
      where j.event_id = recent_findings.event_id and j.order_id is not null
        and j.entry_id > (
          select c.entry_id from ticketing.health_checkpoints c where c.event_id = recent_findings.event_id)
    ) as order_ids
  )
  select * from ticketing.find_counter_faults(array[recent_findings.event_id], false)
  union all
  select f.* from suspects s
  cross join lateral ticketing.find_order_faults(array[recent_findings.event_id], s.order_ids) as f
  union all
  select f.* from suspects s
  cross join lateral ticketing.find_refund_faults(array[recent_findings.event_id], s.order_ids) as f
  union all
  select * from ticketing.find_overdue_reservations(recent_findings.event_id)
  union all
  select * from ticketing.find_stuck_refunds(recent_findings.event_id)
  union all
  select * from ticketing.find_waiting_reviews(recent_findings.event_id)
  union all
  select * from ticketing.find_unsent_messages(recent_findings.event_id)
$$;

revoke execute on function ticketing.recent_findings from public;
grant execute on function ticketing.recent_findings to venuekit_ops;
