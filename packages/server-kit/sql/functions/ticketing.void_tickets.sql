-- Voids tickets of a locked order for good. Answers the moves that give their places back: the caller makes them, last,
-- together with those of other orders.
create or replace function ticketing.void_tickets(
  event_id uuid, order_id uuid, ticket_ids uuid[], reason text, moment timestamptz
) returns ticketing.place_move[]
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moves ticketing.place_move[];
begin
  with voided as (
    update ticketing.tickets k
    set status = 'void', void_reason = void_tickets.reason, voided_at = void_tickets.moment
    where k.event_id = void_tickets.event_id and k.order_id = void_tickets.order_id
      and k.ticket_id = any (void_tickets.ticket_ids) and k.status <> 'void'
    returning k.line
  ), lines as (
    select v.line, count(*)::integer as places from voided v group by v.line
  ), returned as (
    update ticketing.order_items i set returned = i.returned + l.places
    from lines l
    where i.event_id = void_tickets.event_id and i.order_id = void_tickets.order_id and i.line = l.line
    returning i.order_id, i.tier_id, i.pool_id, i.counted_as, l.places
  )
  select array_agg((r.order_id, r.tier_id, r.pool_id, 0, -r.places)::ticketing.place_move) into moves
  from returned r where r.counted_as = 'issued';
  return moves;
end
$$;

revoke execute on function ticketing.void_tickets from public;
