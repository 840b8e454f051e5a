-- The refund of a payment that bought nothing: a row now, a call later. It takes all that is left, so that whoever asks
-- again finds nothing to do. Of money that is owed the buyer is told at once, of a surplus when the gateway accepts.
create or replace function ticketing.queue_automatic_refund(paid ticketing.payments, moment timestamptz) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  wanted ticketing.refunds;
begin
  if ticketing.lost_to_disputes(paid.event_id, paid.payment_id) > 0 then
    perform ticketing.close_refunded_payment(paid.event_id, paid.order_id, paid.payment_id);
    return; -- the bank has paid
  end if;
  wanted.amount_minor := paid.amount_minor - paid.refunded_minor - paid.refund_reserved_minor;
  if paid.kind <> 'gateway' or wanted.amount_minor = 0 then
    return; -- cash goes back by hand
  end if;
  wanted.refund_id := venuekit.digest_uuid(
    'automatic refund'::bytea || uuid_send(paid.event_id) || uuid_send(paid.payment_id)
    || int4send((
      select count(*)::integer from ticketing.refunds r
      where r.event_id = paid.event_id and r.order_id = paid.order_id and r.payment_id = paid.payment_id)));
  wanted.origin := 'automatic';
  wanted.reason := paid.status;
  wanted := ticketing.open_refund(paid, wanted, null, moment);
  if paid.status = 'refund_due' then
    perform ticketing.tell_of_refund(wanted, moment);
  end if;
end
$$;

revoke execute on function ticketing.queue_automatic_refund from public;
