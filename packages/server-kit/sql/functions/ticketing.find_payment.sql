-- The payment that is already known under any name of this input; foreign where one of its names pays another order, or
-- where they name two payments. One of this order is known by its own row as well, should its claim be lost: taken for a
-- second charge, what bought the tickets would go back. A claim whose row is lost claims nothing any more: it is dropped,
-- so that the payment can be recorded anew. The caller holds the order's lock.
create or replace function ticketing.find_payment(
  event_id uuid, order_id uuid, payment jsonb, out payment_id uuid, out foreign_object boolean
)
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  select min(g.payment_id::text)::uuid,
    bool_or(g.event_id <> find_payment.event_id or g.order_id <> find_payment.order_id)
      or count(distinct g.payment_id) > 1
  into find_payment.payment_id, find_payment.foreign_object
  from venuekit.gateway_objects g
  where (g.account, g.object_id) in (
    select n.account, n.object_id from ticketing.payment_names(find_payment.payment) as n
  );
  if find_payment.payment_id is null then
    select p.payment_id into find_payment.payment_id from ticketing.payments p
    where p.event_id = find_payment.event_id and p.order_id = find_payment.order_id
      and p.account = find_payment.payment ->> 'account'
      and (p.session_id = find_payment.payment ->> 'sessionId'
        or p.payment_intent_id = find_payment.payment ->> 'paymentIntentId')
    order by p.received_at, p.payment_id
    limit 1;
  elsif not find_payment.foreign_object and not exists (
    select from ticketing.payments p
    where p.event_id = find_payment.event_id and p.order_id = find_payment.order_id
      and p.payment_id = find_payment.payment_id
  ) then
    delete from venuekit.gateway_objects g
    where (g.account, g.object_id) in (
      select n.account, n.object_id from ticketing.payment_names(find_payment.payment) as n
    );
    find_payment.payment_id := null;
  end if;
end
$$;

revoke execute on function ticketing.find_payment from public;
