-- One batch of alerts that were over and sent so long ago. Those still open stay, however old. Durable.
create or replace function venuekit.purge_alerts(days integer, max_rows integer) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  kept_from timestamptz := venuekit.clock() - purge_alerts.days * interval '1 day';
  removed integer;
begin
  perform venuekit.commit_durably();
  delete from venuekit.alerts a
  using (
    select d.fingerprint from venuekit.alerts d
    where d.resolved_at is not null and d.sent_at is not null and greatest(d.resolved_at, d.sent_at, d.seen_at) < kept_from
    order by d.resolved_at
    limit purge_alerts.max_rows
    for update skip locked
  ) old
  where a.fingerprint = old.fingerprint;
  get diagnostics removed = row_count;
  return jsonb_build_object('removed', removed);
end
$$;

revoke execute on function venuekit.purge_alerts from public;
grant execute on function venuekit.purge_alerts to venuekit_app;
