-- The row for a refund that was made at the gateway and not by us. It comes back as `requested`, to be given its state;
-- as `failed` where it never paid; as `needs_review`, unfinished, where the payment cannot hold it. Null where its state
-- says nothing.
create or replace function ticketing.record_foreign_refund(
  bought ticketing.orders, paid ticketing.payments, refund jsonb, moment timestamptz
) returns ticketing.refunds
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  recorded ticketing.refunds;
  present ticketing.payments;
  amount_left bigint;
  state text := record_foreign_refund.refund ->> 'state';
  again boolean;
begin
  recorded.refund_id := venuekit.digest_uuid(
    convert_to('gateway refund ' || (record_foreign_refund.refund ->> 'gatewayRefundId'), 'UTF8')
    || uuid_send(paid.event_id));
  recorded.amount_minor := (record_foreign_refund.refund ->> 'amountMinor')::bigint;
  recorded.origin := 'gateway';
  recorded.gateway_refund_id := record_foreign_refund.refund ->> 'gatewayRefundId';
  recorded.reason := record_foreign_refund.refund ->> 'reason';
  if state = 'unknown' then
    return null;
  end if;

  if state in ('pending', 'succeeded') and paid.currency = record_foreign_refund.refund ->> 'currency' then
    again := ticketing.make_refund_room(paid, recorded.amount_minor, moment);
    select p.* into present from ticketing.payments p
    where p.event_id = paid.event_id and p.order_id = paid.order_id and p.payment_id = paid.payment_id;
    amount_left := present.amount_minor - present.refunded_minor - present.refund_reserved_minor;
    if recorded.amount_minor <= amount_left then
      recorded := ticketing.open_refund(
        present, recorded, ticketing.tickets_of_rest(present, recorded.amount_minor), moment);
      if again then
        perform ticketing.refund_rest(bought, present.payment_id, moment);
      end if;
      return recorded;
    end if;
  end if;
  insert into ticketing.refunds (
    event_id, refund_id, payment_id, order_id, amount_minor, currency, status, origin, reason, gateway_refund_id,
    requested_at, finished_at
  ) values (
    paid.event_id, recorded.refund_id, paid.payment_id, paid.order_id, recorded.amount_minor,
    record_foreign_refund.refund ->> 'currency',
    case when state in ('failed', 'cancelled') then state else 'needs_review' end, 'gateway', recorded.reason,
    recorded.gateway_refund_id, moment, case when state in ('failed', 'cancelled') then moment end
  )
  returning * into recorded;
  return recorded;
end
$$;

revoke execute on function ticketing.record_foreign_refund from public;
