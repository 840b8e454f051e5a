-- One batch of gateway events that were worked on so long ago, payloads and all. Those given up stay for a person. Durable.
create or replace function venuekit.purge_webhooks(days integer, max_rows integer) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  kept_from timestamptz := venuekit.clock() - purge_webhooks.days * interval '1 day';
  removed integer;
begin
  perform venuekit.commit_durably();
  delete from venuekit.webhooks w
  using (
    select d.account, d.gateway_event_id from venuekit.webhooks d
    where d.status = 'done' and d.finished_at < kept_from
    order by d.finished_at
    limit purge_webhooks.max_rows
    for update skip locked
  ) old
  where w.account = old.account and w.gateway_event_id = old.gateway_event_id;
  get diagnostics removed = row_count;
  return jsonb_build_object('removed', removed);
end
$$;

revoke execute on function venuekit.purge_webhooks from public;
grant execute on function venuekit.purge_webhooks to venuekit_app;
