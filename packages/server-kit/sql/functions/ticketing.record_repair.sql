-- Durable. Notes what a repair changed through functions that keep no such record: a capacity raised, an overdue hold
-- ended, a refund asked for.
create or replace function ticketing.record_repair(
  event_id uuid, kind text, actor text, tier_id uuid, pool_id uuid, order_id uuid, before jsonb, after jsonb
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  insert into ticketing.repairs (event_id, kind, actor, repaired_at, tier_id, pool_id, order_id, before, after)
  values (
    record_repair.event_id, record_repair.kind, record_repair.actor, moment, record_repair.tier_id,
    record_repair.pool_id, record_repair.order_id, record_repair.before, record_repair.after);
  return jsonb_build_object('outcome', 'recorded');
end
$$;

revoke execute on function ticketing.record_repair from public;
grant execute on function ticketing.record_repair to venuekit_app;
