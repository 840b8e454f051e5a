-- Durable. Lets the gateway's payments of an order say what its refunds say, and its blocked tickets admit again where no
-- refund of them is under way, and what was never due is. What is owed then is asked for anew: should a refund have lost its row, the gateway refuses
-- what exceeds the payment, and tells what was made. Money that counts as gone back whole, or went by hand, is a person's.
-- Locks the order first. Needs an actor. `no_room` where its refunds are more than was paid: nothing changes.
create or replace function ticketing.repair_refunds(event_id uuid, order_id uuid, actor text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  bought ticketing.orders;
  moment timestamptz;
  mended jsonb;
  freed integer;
  hastened integer;
  forgotten integer;
  payment_id uuid;
begin
  perform venuekit.commit_durably();
  if coalesce(repair_refunds.actor, '') = '' then
    raise exception 'a repair needs an actor' using errcode = '22023';
  end if;
  select o.* into bought from ticketing.orders o
  where o.event_id = repair_refunds.event_id and o.order_id = repair_refunds.order_id
  for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  moment := venuekit.clock();

  begin
    with said as (
      select p.payment_id, p.refunded_minor, p.refund_reserved_minor, s.done_minor, s.open_minor
      from ticketing.payments p
      cross join lateral (
        select coalesce(sum(r.amount_minor) filter (where r.status = 'succeeded'), 0)::bigint as done_minor,
          coalesce(sum(r.amount_minor) filter (where r.status in ('requested', 'unknown', 'pending')), 0)::bigint as open_minor
        from ticketing.refunds r
        where r.event_id = p.event_id and r.order_id = p.order_id and r.payment_id = p.payment_id
      ) s
      where p.event_id = bought.event_id and p.order_id = bought.order_id and p.kind = 'gateway'
        and p.status <> 'refunded' and (p.refunded_minor, p.refund_reserved_minor) <> (s.done_minor, s.open_minor)
    ), changed as (
      update ticketing.payments p set refunded_minor = s.done_minor, refund_reserved_minor = s.open_minor
      from said s
      where p.event_id = bought.event_id and p.order_id = bought.order_id and p.payment_id = s.payment_id
      returning p.payment_id
    )
    select jsonb_agg(jsonb_build_object(
      'paymentId', s.payment_id, 'refundedMinor', s.refunded_minor, 'reservedMinor', s.refund_reserved_minor,
      'doneMinor', s.done_minor, 'openMinor', s.open_minor))
    into mended
    from said s join changed c on c.payment_id = s.payment_id;
  exception when check_violation then
    return jsonb_build_object('outcome', 'no_room');
  end;
  update ticketing.tickets k set status = 'valid'
  where k.event_id = bought.event_id and k.order_id = bought.order_id and k.status = 'blocked' and not exists (
    select from ticketing.refund_tickets t
    join ticketing.refunds r on r.event_id = t.event_id and r.order_id = t.order_id and r.refund_id = t.refund_id
    where t.event_id = k.event_id and t.order_id = k.order_id and t.line = k.line and t.ordinal = k.ordinal
      and r.status in ('requested', 'unknown', 'pending'));
  get diagnostics freed = row_count;
  update ticketing.refunds r set next_try_at = moment
  where r.event_id = bought.event_id and r.order_id = bought.order_id
    and r.status in ('requested', 'unknown', 'pending')
    and (r.next_try_at is null or r.next_try_at > moment + interval '25 hours');
  get diagnostics hastened = row_count;
  -- The job that calls shows off comes by again.
  update ticketing.orders o set called_off_at = null
  where o.event_id = bought.event_id and o.order_id = bought.order_id and ticketing.is_called_off_unpaid(o)
    and exists (select from ticketing.events e where e.event_id = o.event_id and e.status = 'cancelled');
  get diagnostics forgotten = row_count;
  if mended is null and freed + hastened + forgotten = 0 then
    return jsonb_build_object('outcome', 'nothing_to_repair');
  end if;
  insert into ticketing.repairs (event_id, kind, actor, repaired_at, order_id, before, after)
  values (
    bought.event_id, 'refunds', repair_refunds.actor, moment, bought.order_id,
    jsonb_build_object('payments', coalesce(mended, '[]'), 'blockedTickets', freed, 'neverDue', hastened,
      'calledOffUnpaid', forgotten),
    jsonb_build_object('blockedTickets', 0, 'neverDue', 0, 'calledOffUnpaid', 0));
  for payment_id in select (m.value ->> 'paymentId')::uuid from jsonb_array_elements(mended) as m loop
    perform ticketing.refund_rest(bought, payment_id, moment);
    perform ticketing.close_refunded_payment(bought.event_id, bought.order_id, payment_id);
  end loop;
  return jsonb_build_object('outcome', 'repaired');
end
$$;

revoke execute on function ticketing.repair_refunds from public;
grant execute on function ticketing.repair_refunds to venuekit_app;
