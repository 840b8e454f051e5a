-- The buyer's mail about a refund, once. Of a cancelled show another mail tells.
create or replace function ticketing.tell_of_refund(refund ticketing.refunds, moment timestamptz) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  next_version integer;
begin
  if refund.origin = 'mass' or refund.message_version is not null then
    return;
  end if;
  select coalesce(max(m.version), 0) + 1 into next_version from venuekit.outbox m
  where m.event_id = refund.event_id and m.order_id = refund.order_id and m.kind = 'refund';
  update ticketing.refunds r set message_version = next_version
  where r.event_id = refund.event_id and r.order_id = refund.order_id and r.refund_id = refund.refund_id;
  perform venuekit.queue_message('refund', refund.event_id, refund.order_id, next_version, tell_of_refund.moment);
end
$$;

revoke execute on function ticketing.tell_of_refund from public;
