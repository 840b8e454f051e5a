-- Durable. A dispute as the gateway has it. From its opening on its money counts against the payment, once; won, it is
-- given back; lost, it stays, the bank has paid the buyer, and what we had not sent yet is not sent any more: money that
-- was owed is refunded. Won after it was lost, the money is ours and owed again, and a person decides. An inquiry moves
-- nothing. A word that we do not know is kept and changes nothing. Locks the order.
create or replace function ticketing.record_dispute(
  event_id uuid, order_id uuid, payment_id uuid, dispute jsonb
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  paid ticketing.payments;
  before ticketing.disputes;
  present ticketing.disputes;
  unsent ticketing.refunds;
  tickets uuid[] := '{}';
  delta bigint;
  told text := record_dispute.dispute ->> 'state';
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  perform from ticketing.orders o
  where o.event_id = record_dispute.event_id and o.order_id = record_dispute.order_id
  for update;
  moment := venuekit.clock();
  select p.* into paid from ticketing.payments p
  where p.event_id = record_dispute.event_id and p.order_id = record_dispute.order_id
    and p.payment_id = record_dispute.payment_id;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  select d.* into before from ticketing.disputes d
  where d.event_id = paid.event_id and d.order_id = paid.order_id
    and d.gateway_dispute_id = record_dispute.dispute ->> 'gatewayDisputeId';
  if found and (before.payment_id <> paid.payment_id
    or (before.state in ('won', 'lost') and told not in ('won', 'lost')))
  then
    return jsonb_build_object('outcome', 'unchanged'); -- an older answer that came late
  end if;
  told := case when told = 'unknown' then coalesce(before.state, told) else told end;

  insert into ticketing.disputes as d (
    event_id, gateway_dispute_id, payment_id, order_id, amount_minor, currency, status, state, counted_minor,
    opened_at, closed_at
  ) values (
    paid.event_id, record_dispute.dispute ->> 'gatewayDisputeId', paid.payment_id, paid.order_id,
    (record_dispute.dispute ->> 'amountMinor')::bigint, record_dispute.dispute ->> 'currency',
    record_dispute.dispute ->> 'status', told,
    case when told in ('open', 'lost') then (record_dispute.dispute ->> 'amountMinor')::bigint else 0 end,
    moment, case when told in ('won', 'lost') then moment end
  )
  on conflict on constraint disputes_key do update
  set amount_minor = excluded.amount_minor, status = excluded.status, state = excluded.state,
    counted_minor = excluded.counted_minor, closed_at = coalesce(d.closed_at, excluded.closed_at)
  returning d.* into present;

  delta := present.counted_minor - coalesce(before.counted_minor, 0);
  if delta <> 0 then
    insert into ticketing.journal (event_id, occurred_at, kind, order_id, payment_id, money_delta_minor)
    values (
      paid.event_id, moment, case when delta > 0 then 'dispute' else 'dispute_won' end, paid.order_id,
      paid.payment_id, -delta);
  end if;
  if present.state = 'lost' then
    for unsent in
      select r.* from ticketing.refunds r
      where r.event_id = paid.event_id and r.order_id = paid.order_id and r.payment_id = paid.payment_id
        and r.status = 'requested'
    loop
      tickets := tickets || ticketing.refunded_tickets(unsent.event_id, unsent.order_id, unsent.refund_id);
      perform ticketing.apply_refund_state(unsent, 'cancelled', null, 'the dispute was lost', moment);
    end loop;
    perform ticketing.settle_lost_payment(paid, tickets, moment);
  elsif before.state = 'lost' then
    update ticketing.payments p set status = 'needs_review', reason = 'dispute_won_late'
    where p.event_id = paid.event_id and p.order_id = paid.order_id and p.payment_id = paid.payment_id
      and p.status = 'refunded'
      and p.refunded_minor + ticketing.lost_to_disputes(p.event_id, p.payment_id) < p.amount_minor;
  end if;
  return jsonb_build_object(
    'outcome', case when before.state is not distinct from present.state then 'unchanged' else present.state end);
end
$$;

revoke execute on function ticketing.record_dispute from public;
grant execute on function ticketing.record_dispute to venuekit_app;
