-- Our rows of disputes at the gateway; `keys` is a list of {eventId, gatewayDisputeId}.
create or replace function ticketing.find_disputes(keys jsonb) returns jsonb
language sql volatile security definer set search_path = ''
as $$
  select jsonb_build_object('disputes', coalesce(jsonb_agg(jsonb_build_object(
    'gatewayDisputeId', d.gateway_dispute_id, 'status', d.status, 'amountMinor', d.amount_minor)), '[]'))
  from jsonb_to_recordset(find_disputes.keys) as k ("eventId" uuid, "gatewayDisputeId" text)
  join ticketing.disputes d
    on d.event_id = k."eventId" and d.gateway_dispute_id = k."gatewayDisputeId" and d.amount_minor >= 0
$$;

revoke execute on function ticketing.find_disputes from public;
grant execute on function ticketing.find_disputes to venuekit_app;
