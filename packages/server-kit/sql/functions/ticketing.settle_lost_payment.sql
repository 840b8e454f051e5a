-- A buyer's bank took money of this payment back for good. Where that leaves nothing, or the show is off, the tickets of
-- the refunds that gave way go as if these had paid; then payment and order come to their end. Counters last.
create or replace function ticketing.settle_lost_payment(
  paid ticketing.payments, ticket_ids uuid[], moment timestamptz
) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moves ticketing.place_move[];
begin
  if paid.refunded_minor + ticketing.lost_to_disputes(paid.event_id, paid.payment_id) >= paid.amount_minor
    or exists (select from ticketing.events e where e.event_id = paid.event_id and e.status = 'cancelled')
  then
    moves := ticketing.void_tickets(paid.event_id, paid.order_id, settle_lost_payment.ticket_ids, 'dispute_lost', moment);
  end if;
  perform ticketing.close_refunded_payment(paid.event_id, paid.order_id, paid.payment_id);
  if moves is not null then
    perform ticketing.move_places(paid.event_id, 'refund', moves, moment, null);
  end if;
end
$$;

revoke execute on function ticketing.settle_lost_payment from public;
