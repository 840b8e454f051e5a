-- One batch of alerts that were over so long ago, and of which no sink is owed a message. Those still open stay, however
-- old. Durable.
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
    select o.fingerprint from venuekit.alerts o
    where o.resolved_at is not null and greatest(o.resolved_at, o.seen_at) < kept_from
      and not exists (
        select from venuekit.alert_deliveries d
        join venuekit.alert_sinks s on s.sink = d.sink
        where d.fingerprint = o.fingerprint and d.owed and s.asked_at >= kept_from)
    order by o.resolved_at
    limit purge_alerts.max_rows
    for update of o skip locked
  ) old
  where a.fingerprint = old.fingerprint;
  get diagnostics removed = row_count;
  return jsonb_build_object('removed', removed);
end
$$;

revoke execute on function venuekit.purge_alerts from public;
grant execute on function venuekit.purge_alerts to venuekit_app;
