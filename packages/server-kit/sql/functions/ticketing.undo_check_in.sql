-- Durable. A mistaken check-in is taken back, by a named actor: the ticket admits again. The row stays, and says so.
-- Idempotent. Locks the order.
create or replace function ticketing.undo_check_in(event_id uuid, nonce uuid, actor text, reason text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  known ticketing.check_ins;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  perform from ticketing.orders o
  where o.event_id = undo_check_in.event_id and o.order_id = (
    select c.order_id from ticketing.check_ins c
    where c.event_id = undo_check_in.event_id and c.nonce = undo_check_in.nonce)
  for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  moment := venuekit.clock();

  update ticketing.check_ins c
  set undone_at = moment, undone_by = undo_check_in.actor, undo_reason = undo_check_in.reason
  where c.event_id = undo_check_in.event_id and c.nonce = undo_check_in.nonce and c.outcome = 'admitted'
    and c.undone_at is null;
  select c.* into known from ticketing.check_ins c
  where c.event_id = undo_check_in.event_id and c.nonce = undo_check_in.nonce;
  if known.outcome <> 'admitted' then
    return jsonb_build_object('outcome', 'not_admitted', 'was', known.outcome);
  end if;
  return jsonb_build_object(
    'outcome', 'undone', 'nonce', known.nonce, 'ticketId', known.ticket_id, 'undoneAt', venuekit.iso(known.undone_at),
    'undoneBy', known.undone_by);
end
$$;

revoke execute on function ticketing.undo_check_in from public;
grant execute on function ticketing.undo_check_in to venuekit_app;
