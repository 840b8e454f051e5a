-- The money is on its way: its tickets are void, their places are free again, and where nothing of the payment is left,
-- the payment and its order are refunded. Counters last.
create or replace function ticketing.finish_refund(refund ticketing.refunds, moment timestamptz) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moves ticketing.place_move[];
begin
  update ticketing.refunds r set status = 'succeeded', finished_at = finish_refund.moment, next_try_at = null
  where r.event_id = refund.event_id and r.order_id = refund.order_id and r.refund_id = refund.refund_id;
  update ticketing.payments p
  set refunded_minor = p.refunded_minor + refund.amount_minor,
    refund_reserved_minor = p.refund_reserved_minor - refund.amount_minor
  where p.event_id = refund.event_id and p.order_id = refund.order_id and p.payment_id = refund.payment_id;
  -- What had failed for as much, and waited for a person, was paid by this.
  update ticketing.refunds r set status = 'failed'
  where r.event_id = refund.event_id and r.order_id = refund.order_id and r.payment_id = refund.payment_id
    and r.status = 'needs_review' and r.finished_at is not null and r.amount_minor <= refund.amount_minor;
  insert into ticketing.journal (event_id, occurred_at, kind, order_id, payment_id, money_delta_minor, actor)
  values (
    refund.event_id, finish_refund.moment, 'refund', refund.order_id, refund.payment_id, -refund.amount_minor,
    refund.actor);

  moves := ticketing.void_tickets(
    refund.event_id, refund.order_id,
    ticketing.refunded_tickets(refund.event_id, refund.order_id, refund.refund_id),
    case refund.origin when 'mass' then 'event_cancelled' else 'refunded' end, finish_refund.moment);
  perform ticketing.close_refunded_payment(refund.event_id, refund.order_id, refund.payment_id);
  if moves is not null then
    perform ticketing.move_places(refund.event_id, 'refund', moves, finish_refund.moment, refund.actor);
  end if;
end
$$;

revoke execute on function ticketing.finish_refund from public;
