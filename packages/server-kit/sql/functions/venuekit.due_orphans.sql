-- Orphan payments that waited long enough, those whose refund was begun and not yet confirmed, and once a day those that a
-- person decides about, oldest first. One whose order took its payment meanwhile is claimed and not answered.
create or replace function venuekit.due_orphans(account text, max_orphans integer) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  claimed_sessions text[];
begin
  with claimed as (
    update venuekit.orphan_payments p set status = 'claimed', ended_at = moment
    where p.account = due_orphans.account and p.status in ('waiting', 'review') and exists (
      select from venuekit.gateway_objects g where g.account = p.account and g.object_id = p.session_id
    )
    returning p.session_id
  )
  select coalesce(array_agg('session:' || c.session_id), '{}') into claimed_sessions from claimed c;
  perform venuekit.close_alerts(claimed_sessions, null, moment);
  return jsonb_build_object('orphans', coalesce((
    select jsonb_agg(jsonb_build_object(
      'sessionId', d.session_id, 'paymentIntentId', d.payment_intent_id, 'eventId', d.event_id, 'orderId', d.order_id,
      'amountMinor', d.amount_minor, 'currency', d.currency, 'status', d.status,
      'firstSeenAt', venuekit.iso(d.first_seen_at), 'refundId', venuekit.orphan_refund_id(d.account, d.session_id)))
    from (
      select p.* from venuekit.orphan_payments p
      where p.account = due_orphans.account and p.status in ('waiting', 'review', 'refunding') and p.due_at <= moment
      order by p.due_at, p.session_id
      limit due_orphans.max_orphans
    ) d
  ), '[]'));
end
$$;

revoke execute on function venuekit.due_orphans from public;
grant execute on function venuekit.due_orphans to venuekit_app;
