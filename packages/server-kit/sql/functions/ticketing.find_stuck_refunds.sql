-- Refunds that do not get on: not sent or not answered for an hour, never due (no try waits longer than a day), pending
-- at the gateway for ten days, or waiting for a person; and money that is owed while no refund of it is under way. What waits for the end of a dispute is not stuck.
create or replace function ticketing.find_stuck_refunds(event_id uuid) returns setof ticketing.finding
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  return query
  select 'stuck_refunds', r.event_id, null::uuid, null::uuid, r.order_id, r.refund_id::text, 1,
    jsonb_build_object('status', r.status, 'amountMinor', r.amount_minor, 'currency', r.currency, 'tries', r.tries,
      'requestedAt', venuekit.iso(r.requested_at))
      || case when r.next_try_at < moment + interval '25 hours' then '{}' else '{"neverDue": 1}'::jsonb end,
    format('Refund %s of order %s (%s %s in minor units) has been %s since %s.', r.refund_id, r.order_id,
      r.amount_minor, r.currency, r.status, venuekit.iso(r.requested_at)),
    false
  from ticketing.refunds r
  where r.event_id = find_stuck_refunds.event_id and r.status in ('requested', 'unknown', 'pending')
    and case r.status
      when 'requested' then coalesce(r.next_try_at, r.requested_at) < moment - interval '1 hour'
        or r.next_try_at > moment + interval '25 hours'
      when 'unknown' then coalesce(r.first_sent_at, r.requested_at) < moment - interval '1 hour'
      else r.requested_at < moment - interval '10 days' or r.next_try_at > moment + interval '25 hours'
    end
    and (r.status <> 'requested' or not ticketing.is_disputed(r.event_id, r.payment_id))
  union all
  select 'stuck_refunds', r.event_id, null, null, r.order_id, r.refund_id::text, 1,
    jsonb_build_object('status', r.status, 'amountMinor', r.amount_minor, 'currency', r.currency, 'tries', r.tries,
      'requestedAt', venuekit.iso(r.requested_at)),
    format('Refund %s of order %s (%s %s in minor units) waits for a person.', r.refund_id, r.order_id, r.amount_minor,
      r.currency),
    false
  from ticketing.refunds r
  where r.event_id = find_stuck_refunds.event_id and r.status = 'needs_review'
  union all
  select 'stuck_refunds', p.event_id, null, null, p.order_id, p.payment_id::text, 1,
    jsonb_build_object('status', p.status,
      'amountMinor', p.amount_minor - p.refunded_minor - p.refund_reserved_minor, 'currency', p.currency),
    format('Payment %s of order %s is %s, but no refund of what is left of it is under way.', p.payment_id, p.order_id,
      p.status),
    false
  from ticketing.payments p
  where p.event_id = find_stuck_refunds.event_id and p.status in ('surplus', 'refund_due')
    and p.refunded_minor + p.refund_reserved_minor < p.amount_minor
    and not ticketing.is_disputed(p.event_id, p.payment_id)
    and not exists (
      select from ticketing.refunds r
      where r.event_id = p.event_id and r.order_id = p.order_id and r.payment_id = p.payment_id
        and r.status = 'needs_review');
end
$$;

revoke execute on function ticketing.find_stuck_refunds from public;
grant execute on function ticketing.find_stuck_refunds to venuekit_ops;
