-- Holds that ended more than ten minutes ago, which is two runs of the job that ends them, and are still counted.
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
      'minutesOverdue', floor(extract(epoch from moment - o.hold_expires_at) / 60)::integer),
    format('Order %s is still %s, although its hold ended at %s.', o.order_id, o.status,
      venuekit.iso(o.hold_expires_at)),
    false
  from ticketing.orders o
  where o.event_id = find_overdue_reservations.event_id
    and o.status in ('reserved', 'expiring') and o.hold_expires_at < moment - interval '10 minutes'
  union all
  select 'overdue_reservations', o.event_id, null, null, o.order_id, null, 1,
    jsonb_build_object('status', o.status, 'holdExpiresAt', venuekit.iso(o.hold_expires_at),
      'minutesOverdue', floor(extract(epoch from moment - o.hold_expires_at) / 60)::integer),
    format('Order %s still waits for a delayed payment, although its time ended at %s.', o.order_id,
      venuekit.iso(o.hold_expires_at)),
    false
  from ticketing.orders o
  where o.event_id = find_overdue_reservations.event_id
    and o.status = 'payment_pending' and o.hold_expires_at < moment - interval '10 minutes';
end
$$;

revoke execute on function ticketing.find_overdue_reservations from public;
grant execute on function ticketing.find_overdue_reservations to venuekit_ops;
