-- Durable. Gives a ticket the next version of its code: codes up to `code_version` are superseded from here on, the buyer
-- is mailed, and who asked stands in the event's changes. Idempotent: what is superseded already stays as it is. Locks
-- the order, as a door does.
create or replace function ticketing.reissue_ticket(
  event_id uuid, ticket_id uuid, code_version integer, actor text, reason text
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  bought ticketing.orders;
  reissued ticketing.tickets;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  if coalesce(reissue_ticket.actor, '') = '' then
    raise exception 'a ticket is issued anew by an actor' using errcode = '22023';
  end if;
  select o.* into bought from ticketing.orders o
  where o.event_id = reissue_ticket.event_id and o.order_id = (
    select k.order_id from ticketing.tickets k
    where k.event_id = reissue_ticket.event_id and k.ticket_id = reissue_ticket.ticket_id and k.ordinal > 0)
  for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  moment := venuekit.clock();

  select k.* into reissued from ticketing.tickets k
  where k.event_id = bought.event_id and k.order_id = bought.order_id and k.ticket_id = reissue_ticket.ticket_id;
  if reissue_ticket.code_version > reissued.code_version then
    return jsonb_build_object('outcome', 'never_given_out', 'codeVersion', reissued.code_version);
  elsif reissue_ticket.code_version = reissued.code_version then
    if reissued.status = 'void' then
      return jsonb_build_object('outcome', 'void');
    end if;
    update ticketing.tickets k set code_version = k.code_version + 1
    where k.event_id = reissued.event_id and k.order_id = reissued.order_id and k.line = reissued.line
      and k.ordinal = reissued.ordinal
    returning * into reissued;
    insert into ticketing.event_changes (event_id, changed_at, actor, before, after)
    values (
      bought.event_id, moment, reissue_ticket.actor,
      jsonb_build_object('ticket_id', reissued.ticket_id, 'code_version', reissue_ticket.code_version),
      jsonb_build_object(
        'ticket_id', reissued.ticket_id, 'code_version', reissued.code_version, 'reason', reissue_ticket.reason));
    perform ticketing.queue_tickets_again(bought, moment);
  end if;
  return jsonb_build_object(
    'outcome', 'reissued', 'ticketId', reissued.ticket_id, 'orderId', reissued.order_id,
    'codeVersion', reissued.code_version);
end
$$;

revoke execute on function ticketing.reissue_ticket from public;
grant execute on function ticketing.reissue_ticket to venuekit_app;
