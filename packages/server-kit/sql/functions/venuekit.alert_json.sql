-- An alert as the operations page shows it.
create or replace function venuekit.alert_json(alert venuekit.alerts) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'fingerprint', alert.fingerprint, 'kind', alert.kind, 'detail', alert.detail,
    'raisedAt', venuekit.iso(alert.raised_at), 'seenAt', venuekit.iso(alert.seen_at), 'seenCount', alert.seen_count,
    'resolvedAt', venuekit.iso(alert.resolved_at), 'amount', alert.amount, 'once', alert.once, 'delivered', exists (
      select from venuekit.alert_deliveries d where d.fingerprint = alert.fingerprint and d.told is not null))
$$;

revoke execute on function venuekit.alert_json from public;
