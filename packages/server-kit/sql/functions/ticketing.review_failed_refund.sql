-- A refund that had succeeded failed after all: a bank sent the money back. It is ours again and owed again; what it
-- voided stays void, for the places may be sold. A person decides.
create or replace function ticketing.review_failed_refund(refund ticketing.refunds, moment timestamptz) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  update ticketing.refunds r set status = 'needs_review'
  where r.event_id = refund.event_id and r.order_id = refund.order_id and r.refund_id = refund.refund_id;
  update ticketing.payments p
  set refunded_minor = p.refunded_minor - refund.amount_minor,
    reason = case when p.status = 'refunded' then 'refund_failed' else p.reason end,
    status = case when p.status = 'refunded' then 'needs_review' else p.status end
  where p.event_id = refund.event_id and p.order_id = refund.order_id and p.payment_id = refund.payment_id;
  insert into ticketing.journal (event_id, occurred_at, kind, order_id, payment_id, money_delta_minor, actor)
  values (
    refund.event_id, review_failed_refund.moment, 'refund_failed', refund.order_id, refund.payment_id,
    refund.amount_minor, refund.actor);
end
$$;

revoke execute on function ticketing.review_failed_refund from public;
