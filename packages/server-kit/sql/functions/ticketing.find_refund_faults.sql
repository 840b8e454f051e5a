-- What payments and tickets of some events say of refunds, and refunds do not: money that counts as spoken for while
-- nothing of it is under way, so that nobody can pay it back; payments called refunded that did not go back whole; paid
-- orders of a cancelled show that count as called off while nothing goes back; tickets that wait at the door for a refund
-- that is not there; and tickets that admit though their money went back. Of all orders, or of those named.
create or replace function ticketing.find_refund_faults(event_ids uuid[], order_ids uuid[])
returns setof ticketing.finding
-- Planned for its arguments each time, as `ticketing.find_order_faults` is.
language plpgsql stable security definer set search_path = '' set plan_cache_mode = 'force_custom_plan'
as $$
#variable_conflict use_column
begin
  return query
  with sums as (
    select r.event_id, r.order_id, r.payment_id,
      coalesce(sum(r.amount_minor) filter (where r.status = 'succeeded'), 0) as done_minor,
      coalesce(sum(r.amount_minor) filter (where r.status in ('requested', 'unknown', 'pending')), 0) as open_minor
    from ticketing.refunds r
    where r.event_id = any (find_refund_faults.event_ids)
      and (find_refund_faults.order_ids is null or r.order_id = any (find_refund_faults.order_ids))
    group by r.event_id, r.order_id, r.payment_id
  )
  select 'stuck_refunds', p.event_id, null::uuid, null::uuid, p.order_id, p.payment_id::text, 1,
    jsonb_build_object('status', p.status, 'paidBy', p.kind, 'refundedMinor', p.refunded_minor, 'reservedMinor',
      p.refund_reserved_minor, 'doneMinor', coalesce(s.done_minor, 0), 'openMinor', coalesce(s.open_minor, 0),
      'currency', p.currency),
    format('Payment %s of order %s counts %s as paid back and %s as on its way (%s in minor units), but its refunds say %s and %s.',
      p.payment_id, p.order_id, p.refunded_minor, p.refund_reserved_minor, p.currency, coalesce(s.done_minor, 0),
      coalesce(s.open_minor, 0)),
    false
  from ticketing.payments p
  left join sums s on s.event_id = p.event_id and s.order_id = p.order_id and s.payment_id = p.payment_id
  where p.event_id = any (find_refund_faults.event_ids)
    and (find_refund_faults.order_ids is null or p.order_id = any (find_refund_faults.order_ids))
    and (p.refunded_minor <> coalesce(s.done_minor, 0) or p.refund_reserved_minor <> coalesce(s.open_minor, 0))
  union all
  select 'stuck_refunds', p.event_id, null, null, p.order_id, p.payment_id::text, 1,
    jsonb_build_object('status', p.status, 'amountMinor', p.amount_minor, 'refundedMinor', p.refunded_minor,
      'currency', p.currency),
    format('Payment %s of order %s is called refunded, but only %s of its %s went back (%s in minor units).', p.payment_id,
      p.order_id, p.refunded_minor, p.amount_minor, p.currency),
    false
  from ticketing.payments p
  where p.event_id = any (find_refund_faults.event_ids)
    and (find_refund_faults.order_ids is null or p.order_id = any (find_refund_faults.order_ids))
    and p.status = 'refunded' and p.refunded_minor < p.amount_minor
    and p.refunded_minor + ticketing.lost_to_disputes(p.event_id, p.payment_id) < p.amount_minor
  union all
  select 'stuck_refunds', o.event_id, null, null, o.order_id, 'called_off', 1,
    jsonb_build_object('calledOff', 1, 'totalMinor', o.total_minor, 'currency', o.currency),
    format('Order %s (%s %s in minor units) counts as called off with its show, but its money is not on its way back.',
      o.order_id, o.total_minor, o.currency),
    false
  from ticketing.events e
  join ticketing.orders o on o.event_id = e.event_id
  where e.event_id = any (find_refund_faults.event_ids) and e.status = 'cancelled'
    and (find_refund_faults.order_ids is null or o.order_id = any (find_refund_faults.order_ids))
    and ticketing.is_called_off_unpaid(o)
  union all
  select 'stuck_refunds', k.event_id, null, null, k.order_id, 'tickets', count(*)::integer,
    jsonb_build_object('blockedTickets', count(*)),
    format('Order %s has %s tickets that no door lets in, as if they were to be refunded, but no refund of them is under way.',
      k.order_id, count(*)),
    false
  from ticketing.tickets k
  where k.event_id = any (find_refund_faults.event_ids)
    and (find_refund_faults.order_ids is null or k.order_id = any (find_refund_faults.order_ids))
    -- As the index `tickets_revoked` says it.
    and (k.status <> 'valid' or k.code_version > 1) and k.status = 'blocked'
    and not exists (
      select from ticketing.refund_tickets t
      join ticketing.refunds r on r.event_id = t.event_id and r.order_id = t.order_id and r.refund_id = t.refund_id
      where t.event_id = k.event_id and t.order_id = k.order_id and t.line = k.line and t.ordinal = k.ordinal
        and r.status in ('requested', 'unknown', 'pending'))
  group by k.event_id, k.order_id
  union all
  select 'tickets_without_payment', r.event_id, null, null, r.order_id, 'refunded', count(*)::integer,
    jsonb_build_object('refundedTickets', count(*)),
    format('Order %s has %s tickets that admit, although their money went back.', r.order_id, count(*)),
    false
  from ticketing.refunds r
  join ticketing.refund_tickets t on t.event_id = r.event_id and t.order_id = r.order_id and t.refund_id = r.refund_id
  join ticketing.tickets k
    on k.event_id = t.event_id and k.order_id = t.order_id and k.line = t.line and k.ordinal = t.ordinal
  where r.event_id = any (find_refund_faults.event_ids)
    and (find_refund_faults.order_ids is null or r.order_id = any (find_refund_faults.order_ids))
    and r.status = 'succeeded' and k.status <> 'void'
  group by r.event_id, r.order_id
  order by 2, 1, 5, 6;
end
$$;

revoke execute on function ticketing.find_refund_faults from public;
grant execute on function ticketing.find_refund_faults to venuekit_ops;
