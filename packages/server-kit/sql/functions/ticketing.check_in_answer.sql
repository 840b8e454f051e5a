-- What a door is told of a scan, in the contract's shape but for the buyer's name. `admitted` is the check-in that counts; its nonce is null where
-- nobody came in with the ticket.
create or replace function ticketing.check_in_answer(
  scan ticketing.check_ins, scanned ticketing.tickets, admitted ticketing.check_ins
) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'nonce', scan.nonce, 'outcome', scan.outcome,
    'reason', case when scan.outcome = 'void' then scanned.void_reason end,
    'conflict', scan.scanned_at is not null and scan.outcome <> 'admitted',
    'ticket', jsonb_build_object(
      'id', scanned.ticket_id, 'orderId', scanned.order_id, 'line', scanned.line, 'ordinal', scanned.ordinal,
      'tierId', i.tier_id, 'tierName', t.name),
    'admission', case when admitted.nonce is not null then ticketing.admission_json(admitted) end,
    'event', null)
  from ticketing.order_items i
  join ticketing.tiers t on t.event_id = i.event_id and t.tier_id = i.tier_id
  where i.event_id = scanned.event_id and i.order_id = scanned.order_id and i.line = scanned.line
$$;

revoke execute on function ticketing.check_in_answer from public;
