-- An alert as who sends it to a sink takes it, with what the sink was told before.
create or replace function venuekit.owed_alert_json(
  alert venuekit.alerts, delivery venuekit.alert_deliveries, news text
) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'fingerprint', alert.fingerprint, 'news', owed_alert_json.news, 'kind', alert.kind, 'detail', alert.detail,
    'episode', alert.episode, 'amount', alert.amount, 'toldAmount', delivery.told_amount,
    'toldAt', venuekit.iso(delivery.told_at), 'raisedAt', venuekit.iso(alert.raised_at),
    'resolvedAt', venuekit.iso(case when not alert.once then alert.resolved_at end))
$$;

revoke execute on function venuekit.owed_alert_json from public;
