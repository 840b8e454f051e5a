-- Before a refund that was made at the gateway is recorded: our own requests give way until it fits. Those never sent
-- shrink to what is left, or are cancelled; one that was sent cannot have been taken beside it, so it is given up too.
-- True where one was given up: what is left may be owed all the same.
create or replace function ticketing.make_refund_room(
  paid ticketing.payments, amount_minor bigint, moment timestamptz
) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  own ticketing.refunds;
  again boolean := false;
  missing bigint := make_refund_room.amount_minor
    - (paid.amount_minor - paid.refunded_minor - paid.refund_reserved_minor);
begin
  for own in
    select r.* from ticketing.refunds r
    where r.event_id = paid.event_id and r.order_id = paid.order_id and r.payment_id = paid.payment_id
      and r.gateway_refund_id is null and r.status in ('requested', 'unknown')
    order by r.status = 'unknown', r.requested_at desc, r.refund_id
    for update
  loop
    exit when missing <= 0;
    if own.status = 'requested' and own.amount_minor > missing then
      update ticketing.refunds r set amount_minor = r.amount_minor - missing
      where r.event_id = own.event_id and r.order_id = own.order_id and r.refund_id = own.refund_id;
      update ticketing.payments p set refund_reserved_minor = p.refund_reserved_minor - missing
      where p.event_id = paid.event_id and p.order_id = paid.order_id and p.payment_id = paid.payment_id;
      missing := 0;
    else
      perform ticketing.apply_refund_state(own, 'cancelled', null, 'overtaken by a refund at the gateway', moment);
      missing := missing - own.amount_minor;
      again := true;
    end if;
  end loop;
  return again;
end
$$;

revoke execute on function ticketing.make_refund_room from public;
