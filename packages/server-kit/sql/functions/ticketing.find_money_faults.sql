-- Payments of some events whose journal does not add up to what is left of them after refunds and disputes: an amount, or
-- an entry, was changed past the functions. By the whole journal: only the audit looks, and what it found stands in the
-- event's checkpoint.
create or replace function ticketing.find_money_faults(event_ids uuid[]) returns setof ticketing.finding
-- Planned for its arguments each time, as `ticketing.counter_truths` is.
language plpgsql stable security definer set search_path = '' set plan_cache_mode = 'force_custom_plan'
set work_mem = '32MB'
as $$
#variable_conflict use_column
begin
  return query
  with entries as (
    select j.event_id, j.payment_id, sum(j.money_delta_minor) as money_minor from ticketing.journal j
    where j.event_id = any (find_money_faults.event_ids) and j.payment_id is not null
    group by j.event_id, j.payment_id
  ), disputed as (
    select d.event_id, d.payment_id, sum(d.counted_minor) as counted_minor from ticketing.disputes d
    where d.event_id = any (find_money_faults.event_ids)
    group by d.event_id, d.payment_id
  )
  select 'journal_drift', p.event_id, null::uuid, null::uuid, p.order_id, p.payment_id::text, 1,
    jsonb_build_object('amountMinor', p.amount_minor, 'refundedMinor', p.refunded_minor,
      'disputedMinor', coalesce(d.counted_minor, 0), 'journalMinor', coalesce(e.money_minor, 0), 'currency', p.currency),
    format('Payment %s of order %s is %s less %s paid back and %s in disputes (%s in minor units), but its journal adds up to %s.',
      p.payment_id, p.order_id, p.amount_minor, p.refunded_minor, coalesce(d.counted_minor, 0), p.currency,
      coalesce(e.money_minor, 0)),
    false
  from ticketing.payments p
  left join entries e on e.event_id = p.event_id and e.payment_id = p.payment_id
  left join disputed d on d.event_id = p.event_id and d.payment_id = p.payment_id
  where p.event_id = any (find_money_faults.event_ids)
    and coalesce(e.money_minor, 0) <> p.amount_minor - p.refunded_minor - coalesce(d.counted_minor, 0)
  order by p.event_id, p.order_id, p.payment_id;
end
$$;

revoke execute on function ticketing.find_money_faults from public;
grant execute on function ticketing.find_money_faults to venuekit_ops;
