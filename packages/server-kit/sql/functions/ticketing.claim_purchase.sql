-- True for one caller per fulfilled order, for ever false afterwards. Durable.
create or replace function ticketing.claim_purchase(event_id uuid, order_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  update ticketing.orders o set purchase_claimed_at = moment
  where o.event_id = claim_purchase.event_id and o.order_id = claim_purchase.order_id
    and o.status = 'fulfilled' and o.purchase_claimed_at is null;
  return jsonb_build_object('claimed', found);
end
$$;

revoke execute on function ticketing.claim_purchase from public;
grant execute on function ticketing.claim_purchase to venuekit_app;
