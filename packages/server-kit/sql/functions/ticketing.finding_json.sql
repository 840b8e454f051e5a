create or replace function ticketing.finding_json(finding ticketing.finding) returns jsonb
language sql immutable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'kind', finding.kind, 'eventId', finding.event_id, 'tierId', finding.tier_id, 'poolId', finding.pool_id,
    'orderId', finding.order_id, 'subject', finding.subject, 'amount', finding.amount, 'numbers', finding.numbers,
    'sentence', finding.sentence)
$$;

revoke execute on function ticketing.finding_json from public;
