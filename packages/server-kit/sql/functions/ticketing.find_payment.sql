-- The payment that is already known under any name of this input: by the gateway's objects, or by its own id where it
-- was paid outside the gateway. `foreign` where one of the objects pays another order, or two payments.
create or replace function ticketing.find_payment(
  event_id uuid, order_id uuid, payment jsonb, out payment_id uuid, out foreign_object boolean
)
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  if find_payment.payment ->> 'kind' = 'external' then
    select p.payment_id, p.order_id <> find_payment.order_id or p.kind <> 'external'
    into find_payment.payment_id, find_payment.foreign_object
    from ticketing.payments p
    where p.event_id = find_payment.event_id
      and p.payment_id = (find_payment.payment ->> 'paymentId')::uuid;
    return;
  end if;

  select min(g.payment_id::text)::uuid,
    bool_or(g.event_id <> find_payment.event_id or g.order_id <> find_payment.order_id)
      or count(distinct g.payment_id) > 1
  into find_payment.payment_id, find_payment.foreign_object
  from venuekit.gateway_objects g
  where g.account = find_payment.payment ->> 'account'
    and g.object_id in (find_payment.payment ->> 'sessionId', find_payment.payment ->> 'paymentIntentId');
end
$$;

revoke execute on function ticketing.find_payment from public;
