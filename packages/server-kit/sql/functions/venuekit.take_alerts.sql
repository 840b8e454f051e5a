-- Leases alerts that no sink has taken to a worker, those that waited longest first. Durable.
create or replace function venuekit.take_alerts(max_alerts integer, worker text, lease_seconds integer) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  taken jsonb;
begin
  perform venuekit.commit_durably();
  with due as (
    select a.fingerprint from venuekit.alerts a
    where a.sent_at is null and a.due_at <= moment and (a.leased_until is null or a.leased_until <= moment)
    order by a.due_at, a.fingerprint
    limit take_alerts.max_alerts
    for update skip locked
  ), leased as (
    update venuekit.alerts a
    set leased_by = take_alerts.worker, tries = a.tries + 1,
      leased_until = moment + take_alerts.lease_seconds * interval '1 second'
    from due d where a.fingerprint = d.fingerprint
    returning a.*
  )
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'fingerprint', t.fingerprint, 'kind', t.kind, 'detail', t.detail, 'raisedAt', venuekit.iso(t.raised_at),
      'resolvedAt', venuekit.iso(t.resolved_at))
    order by t.due_at, t.fingerprint), '[]')
  into taken
  from leased t;
  return jsonb_build_object('alerts', taken);
end
$$;

revoke execute on function venuekit.take_alerts from public;
grant execute on function venuekit.take_alerts to venuekit_app;
