-- Durable. A door scanned a code of this event's that was verified before. The first scan of a valid ticket admits;
-- what the door is told is kept, and told again under the same nonce. Locks the order: of two doors at once the second
-- sees the first, and a refund either blocked the ticket before or is refused after. Who is not `patient` is answered
-- `busy` where another holds it. `scanned_at` is the claim of a door that was offline: it is recorded, and decides nothing.
create or replace function ticketing.check_in(
  event_id uuid, nonce uuid, ticket_id uuid, code_version integer, gate text, device text, scanned_at timestamptz,
  patient boolean
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  bought_id uuid;
  bought ticketing.orders;
  scanned ticketing.tickets;
  earlier ticketing.check_ins;
  wanted ticketing.check_ins;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  select k.order_id into bought_id from ticketing.tickets k
  where k.event_id = check_in.event_id and k.ticket_id = check_in.ticket_id and k.ordinal > 0;
  if not found then
    return jsonb_build_object('outcome', 'unknown');
  elsif check_in.patient then
    select o.* into bought from ticketing.orders o
    where o.event_id = check_in.event_id and o.order_id = bought_id
    for update;
  else
    select o.* into bought from ticketing.orders o
    where o.event_id = check_in.event_id and o.order_id = bought_id
    for update skip locked;
    if not found then
      return jsonb_build_object('outcome', 'busy');
    end if;
  end if;
  moment := venuekit.clock();

  select c.* into earlier from ticketing.check_ins c
  where c.event_id = check_in.event_id and c.nonce = check_in.nonce;
  if found then
    return ticketing.stored_check_in(earlier, check_in.ticket_id, check_in.code_version, bought.buyer_name);
  end if;
  select k.* into scanned from ticketing.tickets k
  where k.event_id = bought.event_id and k.order_id = bought.order_id and k.ticket_id = check_in.ticket_id;
  if check_in.code_version > scanned.code_version then
    return jsonb_build_object('outcome', 'unknown');
  end if;

  wanted.event_id := scanned.event_id;
  wanted.nonce := check_in.nonce;
  wanted.ticket_id := scanned.ticket_id;
  wanted.order_id := scanned.order_id;
  wanted.line := scanned.line;
  wanted.ordinal := scanned.ordinal;
  wanted.code_version := check_in.code_version;
  wanted.gate := check_in.gate;
  wanted.device := check_in.device;
  wanted.scanned_at := case when check_in.scanned_at is not null then least(check_in.scanned_at, moment) end;
  wanted.recorded_at := moment;
  select c.* into earlier from ticketing.check_ins c
  where c.event_id = scanned.event_id and c.ticket_id = scanned.ticket_id and c.outcome = 'admitted'
    and c.undone_at is null;
  wanted.outcome := coalesce(
    ticketing.check_in_refusal(scanned, check_in.code_version),
    case when earlier.nonce is null then 'admitted' else 'already_checked_in' end);
  wanted.answer := ticketing.check_in_answer(
    wanted, scanned, case when wanted.outcome = 'admitted' then wanted else earlier end);
  insert into ticketing.check_ins (
    event_id, nonce, ticket_id, order_id, line, ordinal, code_version, outcome, gate, device, scanned_at, recorded_at,
    answer
  ) values (
    wanted.event_id, wanted.nonce, wanted.ticket_id, wanted.order_id, wanted.line, wanted.ordinal, wanted.code_version,
    wanted.outcome, wanted.gate, wanted.device, wanted.scanned_at, wanted.recorded_at, wanted.answer
  )
  on conflict on constraint check_ins_key do nothing;
  if not found then
    -- The same nonce at the same moment, for a ticket of another order.
    return jsonb_build_object('outcome', 'nonce_reused');
  end if;
  return ticketing.stored_check_in(wanted, wanted.ticket_id, wanted.code_version, bought.buyer_name);
end
$$;

revoke execute on function ticketing.check_in from public;
grant execute on function ticketing.check_in to venuekit_app;
