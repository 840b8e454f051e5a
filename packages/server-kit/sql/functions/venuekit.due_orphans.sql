-- Orphan payments that waited long enough, those whose refund was begun and not yet confirmed, and once a day those that a
-- person decides about, oldest first. One whose order took its payment meanwhile is claimed and not answered. Answering
-- them counts as a look, and the next one comes five minutes later: what fails each time makes room for the others.
create or replace function venuekit.due_orphans(account text, max_orphans integer) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
-- Stays on the index of what is due, by its order, where the table was never analyzed.
set enable_sort = off set enable_bitmapscan = off set enable_hashjoin = off
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  claimed_sessions text[];
  answered jsonb;
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
  with due as (
    select p.account, p.session_id, p.due_at from venuekit.orphan_payments p
    where p.account = due_orphans.account and p.status in ('waiting', 'review', 'refunding') and p.due_at <= moment
    order by p.due_at, p.session_id
    limit due_orphans.max_orphans
    for update skip locked
  ), looked_at as (
    update venuekit.orphan_payments p set due_at = moment + interval '5 minutes'
    from due d where p.account = d.account and p.session_id = d.session_id
    returning p.*, d.due_at as was_due_at
  )
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'sessionId', l.session_id, 'paymentIntentId', l.payment_intent_id, 'eventId', l.event_id, 'orderId', l.order_id,
      'amountMinor', l.amount_minor, 'currency', l.currency, 'status', l.status,
      'firstSeenAt', venuekit.iso(l.first_seen_at), 'refundId', venuekit.orphan_refund_id(l.account, l.session_id))
    order by l.was_due_at, l.session_id), '[]')
  into answered
  from looked_at l;
  return jsonb_build_object('orphans', answered);
end
$$;

revoke execute on function venuekit.due_orphans from public;
grant execute on function venuekit.due_orphans to venuekit_app;
