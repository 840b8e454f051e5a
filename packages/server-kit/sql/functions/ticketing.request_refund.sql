-- Durable. An admin's refund: a row now, a call later. By ticket it pays the tickets' shares and takes the tickets; by
-- money it leaves them, unless it pays all that is left, for then nothing is bought any more; with neither it pays all
-- that is left. Money taken outside the gateway goes back by hand: its refund is done as soon as it is written.
-- A ticket that somebody came in with is not taken: its place would be sold again while it is in use.
-- Idempotent by the refund's id. Locks the order: of two admins at once the second sees what the first reserved.
create or replace function ticketing.request_refund(
  event_id uuid, order_id uuid, refund_id uuid, payment_id uuid, amount_minor bigint, ticket_ids jsonb, actor text,
  reason text
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  bought ticketing.orders;
  paid ticketing.payments;
  wanted ticketing.refunds;
  known ticketing.refunds;
  tickets uuid[] := case when jsonb_typeof(request_refund.ticket_ids) = 'array' then
    array(select distinct t::uuid from jsonb_array_elements_text(request_refund.ticket_ids) as t order by 1) end;
  refusal text;
  amount_left bigint;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  if coalesce(request_refund.actor, '') = '' then
    raise exception 'a refund needs an actor' using errcode = '22023';
  end if;
  select o.* into bought from ticketing.orders o
  where o.event_id = request_refund.event_id and o.order_id = request_refund.order_id
  for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  moment := venuekit.clock();

  wanted.refund_id := request_refund.refund_id;
  wanted.origin := 'admin';
  wanted.actor := request_refund.actor;
  wanted.reason := request_refund.reason;
  wanted.request := jsonb_build_object(
    'orderId', bought.order_id, 'paymentId', request_refund.payment_id, 'amountMinor', request_refund.amount_minor,
    'ticketIds', to_jsonb(tickets));
  select r.* into known from ticketing.refunds r
  where r.event_id = bought.event_id and r.refund_id = request_refund.refund_id and r.amount_minor > 0;
  if found then
    return case
      when known.request = wanted.request then jsonb_build_object(
        'outcome', 'exists', 'refund', ticketing.refund_json(known))
      else jsonb_build_object('outcome', 'conflict')
    end;
  end if;

  -- Unless told which: the one that bought the tickets, else the newest that has something left.
  select p.* into paid from ticketing.payments p
  where p.event_id = bought.event_id and p.order_id = bought.order_id
    and (request_refund.payment_id is null or p.payment_id = request_refund.payment_id)
  order by p.status = 'applied' desc, p.amount_minor - p.refunded_minor - p.refund_reserved_minor > 0 desc,
    p.received_at desc, p.payment_id
  limit 1;
  amount_left := paid.amount_minor - paid.refunded_minor - paid.refund_reserved_minor;
  refusal := ticketing.refund_refusal(bought, paid, request_refund.amount_minor, tickets);
  wanted.amount_minor := coalesce(request_refund.amount_minor, amount_left);
  if refusal is null and tickets is not null then
    select least(sum(s.share_minor), amount_left) into wanted.amount_minor
    from ticketing.ticket_shares(bought, paid.amount_minor) s where s.ticket_id = any (tickets);
    refusal := case when coalesce(wanted.amount_minor, 0) = 0 then 'nothing_paid' end;
  end if;
  if refusal is not null then
    return jsonb_build_object('outcome', 'refused', 'reason', refusal, 'leftMinor', coalesce(amount_left, 0));
  end if;

  if tickets is null and paid.status = 'applied' and wanted.amount_minor = amount_left then
    tickets := ticketing.valid_tickets(bought.event_id, bought.order_id);
  end if;
  if ticketing.has_checked_in(bought.event_id, tickets) then
    return jsonb_build_object('outcome', 'refused', 'reason', 'ticket_checked_in', 'leftMinor', amount_left);
  end if;
  known := ticketing.open_refund(paid, wanted, tickets, moment);
  if paid.kind = 'external' then
    perform ticketing.apply_refund_state(known, 'succeeded', null, null, moment);
    select r.* into known from ticketing.refunds r
    where r.event_id = bought.event_id and r.order_id = bought.order_id and r.refund_id = request_refund.refund_id;
  end if;
  return jsonb_build_object('outcome', 'requested', 'refund', ticketing.refund_json(known));
end
$$;

revoke execute on function ticketing.request_refund from public;
grant execute on function ticketing.request_refund to venuekit_app;
