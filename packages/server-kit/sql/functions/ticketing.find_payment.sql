-- The payment that is already known under any name of this input; foreign where one of its names pays another order, or
-- where they name two payments.
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
end
$$;

revoke execute on function ticketing.find_payment from public;
