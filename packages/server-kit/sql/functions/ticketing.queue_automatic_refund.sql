-- The refund of a payment that bought nothing: a row now, a call later. One per payment, whoever asks.
create or replace function ticketing.queue_automatic_refund(paid ticketing.payments, moment timestamptz) returns void
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  due bigint := paid.amount_minor - paid.refunded_minor - paid.refund_reserved_minor;
begin
  if paid.kind <> 'gateway' or due = 0 then
    return; -- cash goes back by hand
  end if;
  insert into ticketing.refunds (
    event_id, refund_id, payment_id, order_id, amount_minor, currency, origin, reason, requested_at, next_try_at
  ) values (
    paid.event_id, venuekit.digest_uuid('automatic refund'::bytea || uuid_send(paid.event_id) || uuid_send(paid.payment_id)),
    paid.payment_id, paid.order_id, due, paid.currency, 'automatic', paid.status, moment, moment
  )
  on conflict do nothing;
  if found then
    update ticketing.payments p set refund_reserved_minor = p.refund_reserved_minor + due
    where p.event_id = paid.event_id and p.payment_id = paid.payment_id;
  end if;
end
$$;

revoke execute on function ticketing.queue_automatic_refund from public;
