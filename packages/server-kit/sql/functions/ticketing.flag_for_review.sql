-- Sends a locked order to review where its state allows it. Its places stay counted as they are.
create or replace function ticketing.flag_for_review(bought ticketing.orders, reason text) returns void
language sql volatile security definer set search_path = ''
as $$
  update ticketing.orders o
  set status = 'needs_review', reason = flag_for_review.reason, hold_expires_at = null
  where o.event_id = bought.event_id and o.order_id = bought.order_id
    and o.status in ('reserved', 'expiring', 'payment_pending', 'expired', 'cancelled')
$$;

revoke execute on function ticketing.flag_for_review from public;
