-- Holds that ended more than ten minutes ago, which is two runs of the job that ends them, and are still counted; and
-- those that nothing would end: no event lets a hold last longer than a day (`event_max_hold_in_range`).
create or replace function ticketing.find_overdue_reservations(event_id uuid) returns setof ticketing.finding
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  return query
  select 'overdue_reservations', o.event_id, null::uuid, null::uuid, o.order_id, null::text, 1,
    jsonb_build_object('status', o.status, 'holdExpiresAt', venuekit.iso(o.hold_expires_at),
      'minutesOverdue', floor(extract(epoch from moment - greatest(o.hold_expires_at, 'epoch')) / 60)::integer),
    format('Order %s is still %s, although its hold ended at %s.', o.order_id, o.status,
      venuekit.iso(o.hold_expires_at)),
    false
  from ticketing.orders o
  where o.event_id = find_overdue_reservations.event_id
    and o.status in ('reserved', 'expiring') and o.hold_expires_at < moment - interval '10 minutes'
  union all
  select 'overdue_reservations', o.event_id, null, null, o.order_id, null, 1,
    jsonb_build_object('status', o.status, 'holdExpiresAt', venuekit.iso(o.hold_expires_at),
      'minutesOverdue', floor(extract(epoch from moment - greatest(o.hold_expires_at, 'epoch')) / 60)::integer),
    format('Order %s still waits for a delayed payment, although its time ended at %s.', o.order_id,
      coalesce(venuekit.iso(o.hold_expires_at), 'no time that is known')),
    false
  from ticketing.orders o
  where o.event_id = find_overdue_reservations.event_id
    and o.status = 'payment_pending'
    and (o.hold_expires_at < moment - interval '10 minutes' or o.hold_expires_at is null)
  union all
  select 'overdue_reservations', o.event_id, null, null, o.order_id, null, 1,
    jsonb_build_object('status', o.status, 'holdExpiresAt', o.hold_expires_at::text, 'minutesOverdue', 0),
    format('Order %s is %s until %s, which is longer than any hold may last.', o.order_id, o.status, o.hold_expires_at),
    false
  from ticketing.orders o
  where o.event_id = find_overdue_reservations.event_id
    and o.status in ('reserved', 'expiring') and o.hold_expires_at > moment + interval '25 hours';
end
$$;

revoke execute on function ticketing.find_overdue_reservations from public;
grant execute on function ticketing.find_overdue_reservations to venuekit_ops;
