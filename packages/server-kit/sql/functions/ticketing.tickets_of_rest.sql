-- The tickets that a refund made at the gateway takes along: all that admit, where it is the whole rest of a payment
-- that bought them; a part is goodwill and takes none.
create or replace function ticketing.tickets_of_rest(paid ticketing.payments, amount_minor bigint) returns uuid[]
language sql stable security definer set search_path = ''
as $$
  select case
    when paid.status = 'applied'
      and tickets_of_rest.amount_minor = paid.amount_minor - paid.refunded_minor - paid.refund_reserved_minor
    then ticketing.valid_tickets(paid.event_id, paid.order_id)
  end
$$;

revoke execute on function ticketing.tickets_of_rest from public;
