-- The tickets that go with a refund: written down as its own, and refused at the door until it ends.
create or replace function ticketing.block_tickets(refund ticketing.refunds, ticket_ids uuid[]) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  insert into ticketing.refund_tickets (event_id, order_id, refund_id, line, ordinal)
  select k.event_id, k.order_id, refund.refund_id, k.line, k.ordinal from ticketing.tickets k
  where k.event_id = refund.event_id and k.order_id = refund.order_id and k.ticket_id = any (block_tickets.ticket_ids)
  on conflict do nothing;
  update ticketing.tickets k set status = 'blocked'
  where k.event_id = refund.event_id and k.order_id = refund.order_id and k.ticket_id = any (block_tickets.ticket_ids)
    and k.status = 'valid';
end
$$;

revoke execute on function ticketing.block_tickets from public;
