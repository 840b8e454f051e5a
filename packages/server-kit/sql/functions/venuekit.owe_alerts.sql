-- Has every sink look at these alerts, now or, where it could not be told before, when that is tried again.
create or replace function venuekit.owe_alerts(fingerprints text[], moment timestamptz) returns void
language sql volatile security definer set search_path = ''
as $$
  insert into venuekit.alert_deliveries as d (sink, fingerprint, due_at)
  select s.sink, f.fingerprint, owe_alerts.moment
  from unnest(owe_alerts.fingerprints) as f (fingerprint)
  cross join venuekit.alert_sinks s
  where s.asked_at > owe_alerts.moment - interval '7 days'
  order by f.fingerprint, s.sink
  on conflict on constraint alert_deliveries_key do update
  set owed = true, due_at = case when d.tries = 0 then excluded.due_at else d.due_at end
$$;

revoke execute on function venuekit.owe_alerts from public;
