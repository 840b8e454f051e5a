-- Issues what is missing of a locked order: status, tickets, messages, and last the counters. Places that are not
-- counted yet are taken; where there is no room it raises VK001 and nothing of it stays.
-- Answers how many tickets it made. Never revives a void ticket.
create or replace function ticketing.issue_order(
  bought ticketing.orders, late boolean, source jsonb, moment timestamptz
) returns integer
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  made integer;
  moves ticketing.place_move[];
  mail text := case when issue_order.late then 'tickets_late' else 'tickets' end;
begin
  update ticketing.orders o
  set status = 'fulfilled', fulfilled_at = coalesce(o.fulfilled_at, issue_order.moment), hold_expires_at = null,
    reviewed_by = case
      when o.status = 'needs_review' and issue_order.source ->> 'kind' = 'admin' then issue_order.source ->> 'actor'
      else o.reviewed_by
    end
  where o.event_id = bought.event_id and o.order_id = bought.order_id and o.status <> 'fulfilled';

  insert into ticketing.tickets (event_id, ticket_id, order_id, line, ordinal, issued_at)
  select i.event_id,
    venuekit.digest_uuid(uuid_send(i.event_id) || uuid_send(i.order_id) || int4send(i.line) || int4send(n.ordinal)),
    i.order_id, i.line, n.ordinal, issue_order.moment
  from ticketing.order_items i
  cross join lateral generate_series(1, i.quantity) as n (ordinal)
  where i.event_id = bought.event_id and i.order_id = bought.order_id
  on conflict do nothing;
  get diagnostics made = row_count;

  if made > 0 and bought.fulfilled_at is not null then
    perform ticketing.queue_tickets_again(bought, issue_order.moment);
  elsif bought.fulfilled_at is null then
    perform venuekit.queue_message(mail, bought.event_id, bought.order_id, 1, issue_order.moment);
    perform venuekit.queue_message('fulfilled', bought.event_id, bought.order_id, 1, issue_order.moment);
  end if;

  with counted as (
    select i.* from ticketing.order_items i
    where i.event_id = bought.event_id and i.order_id = bought.order_id and i.counted_as <> 'issued'
  ), changed as (
    update ticketing.order_items i set counted_as = 'issued'
    from counted c
    where i.event_id = c.event_id and i.order_id = c.order_id and i.line = c.line
  )
  select array_agg(
    (c.order_id, c.tier_id, c.pool_id,
      -- An order that ended holds nothing any more, whatever its lines say.
      case when c.counted_as = 'reserved' and not issue_order.late then -c.quantity else 0 end,
      c.quantity - c.returned)::ticketing.place_move)
  into moves from counted c;
  if moves is not null then
    perform ticketing.move_places(bought.event_id, 'issue', moves, issue_order.moment, issue_order.source ->> 'actor');
  end if;
  return made;
end
$$;

revoke execute on function ticketing.issue_order from public;
