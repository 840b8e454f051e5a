-- Durable. Issues what an order lacks, through `complete_order_atomic` with the payment that is recorded for it, or none
-- where it costs nothing. An order that shows no payment is skipped. Records what it changed. Needs an actor.
create or replace function ticketing.repair_tickets(event_id uuid, order_id uuid, actor text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  bought ticketing.orders;
  paid ticketing.payments;
  before integer;
  after integer;
  completed jsonb;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  if coalesce(repair_tickets.actor, '') = '' then
    raise exception 'a repair needs an actor' using errcode = '22023';
  end if;
  select o.* into bought from ticketing.orders o
  where o.event_id = repair_tickets.event_id and o.order_id = repair_tickets.order_id
  for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  moment := venuekit.clock();
  select p.* into paid from ticketing.payments p
  where p.event_id = bought.event_id and p.order_id = bought.order_id and p.status = 'applied';
  if not found and bought.total_minor > 0 then
    return jsonb_build_object('outcome', 'skipped', 'reason', 'no_payment');
  end if;
  before := (select count(*) from ticketing.tickets k
    where k.event_id = bought.event_id and k.order_id = bought.order_id);
  if paid.payment_id is not null then
    -- Should its claim be lost too, the completion would take it for a second charge.
    perform ticketing.claim_gateway_objects(paid, ticketing.payment_json(paid), moment);
  end if;
  completed := ticketing.complete_order_atomic(
    bought.event_id, bought.order_id, case when paid.payment_id is not null then ticketing.payment_json(paid) end,
    jsonb_build_object('kind', 'repair', 'actor', repair_tickets.actor));
  after := (select count(*) from ticketing.tickets k
    where k.event_id = bought.event_id and k.order_id = bought.order_id);
  if after > before or completed ->> 'outcome' = 'issued' then
    insert into ticketing.repairs (event_id, kind, actor, repaired_at, order_id, before, after)
    values (
      bought.event_id, 'tickets', repair_tickets.actor, moment, bought.order_id,
      jsonb_build_object('status', bought.status, 'tickets', before),
      jsonb_build_object('status', completed -> 'order' -> 'status', 'tickets', after));
    return jsonb_build_object('outcome', 'repaired', 'issued', after - before);
  end if;
  return jsonb_build_object(
    'outcome', case when completed ->> 'reason' = 'no_room' then 'no_room' else 'nothing_to_repair' end,
    'completion', completed ->> 'outcome', 'reason', completed ->> 'reason');
end
$$;

revoke execute on function ticketing.repair_tickets from public;
grant execute on function ticketing.repair_tickets to venuekit_app;
