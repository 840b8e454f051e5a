-- Orders and payments that wait for a person's decision: each order once, and payments of orders that do not wait
-- themselves. By the partial indexes `orders_to_review` and `payments_to_review`.
create or replace function ticketing.find_waiting_reviews(event_id uuid) returns setof ticketing.finding
language sql stable security definer set search_path = ''
as $$
  select 'waiting_reviews', o.event_id, null::uuid, null::uuid, o.order_id, null::text, 1,
    jsonb_build_object('reason', o.reason, 'totalMinor', o.total_minor, 'currency', o.currency),
    format('Order %s (%s %s in minor units) waits for a person: %s.', o.order_id, o.total_minor, o.currency,
      coalesce(o.reason, 'nothing says why')),
    false
  from ticketing.orders o
  where o.event_id = find_waiting_reviews.event_id and o.status = 'needs_review'
  union all
  select 'waiting_reviews', p.event_id, null, null, p.order_id, p.payment_id::text, 1,
    jsonb_build_object('reason', p.reason, 'amountMinor', p.amount_minor, 'currency', p.currency),
    format('Payment %s of order %s (%s %s in minor units) waits for a person: %s.', p.payment_id, p.order_id,
      p.amount_minor, p.currency, coalesce(p.reason, 'nothing says why')),
    false
  from ticketing.payments p
  where p.event_id = find_waiting_reviews.event_id and p.status = 'needs_review' and not exists (
    select from ticketing.orders o
    where o.event_id = p.event_id and o.order_id = p.order_id and o.status = 'needs_review'
  )
$$;

revoke execute on function ticketing.find_waiting_reviews from public;
grant execute on function ticketing.find_waiting_reviews to venuekit_ops;
