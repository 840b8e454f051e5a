-- Ties session and intent to their payment, in the transaction that records it: a gateway object pays once.
create or replace function ticketing.claim_gateway_objects(
  paid ticketing.payments, payment jsonb, moment timestamptz
) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  insert into venuekit.gateway_objects (account, object_id, event_id, order_id, payment_id, recorded_at)
  select n.account, n.object_id, paid.event_id, paid.order_id, paid.payment_id, claim_gateway_objects.moment
  from ticketing.payment_names(claim_gateway_objects.payment) as n
  order by n.account, n.object_id
  on conflict do nothing;
  if exists (
    select from venuekit.gateway_objects g
    join ticketing.payment_names(claim_gateway_objects.payment) as n
      on n.account = g.account and n.object_id = g.object_id
    where g.payment_id <> paid.payment_id
  ) then
    -- Another order was given this object since we looked: run again and see it.
    raise exception 'a gateway object was claimed at the same moment' using errcode = '40001';
  end if;
  if paid.kind <> 'gateway' then
    return;
  end if;

  update ticketing.payments p
  set session_id = coalesce(p.session_id, claim_gateway_objects.payment ->> 'sessionId'),
    payment_intent_id = coalesce(p.payment_intent_id, claim_gateway_objects.payment ->> 'paymentIntentId')
  where p.event_id = paid.event_id and p.order_id = paid.order_id and p.payment_id = paid.payment_id
    and (p.session_id is null or p.payment_intent_id is null);
  update ticketing.attempts a
  set payment_intent_id = claim_gateway_objects.payment ->> 'paymentIntentId'
  where a.event_id = paid.event_id and a.order_id = paid.order_id and a.account = paid.account
    and a.session_id = claim_gateway_objects.payment ->> 'sessionId'
    and a.payment_intent_id is distinct from claim_gateway_objects.payment ->> 'paymentIntentId';
end
$$;

revoke execute on function ticketing.claim_gateway_objects from public;
