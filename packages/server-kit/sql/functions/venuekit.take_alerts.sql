-- Leases to a worker what a sink must be told, what waited longest first; nothing while the sink is left alone. What
-- needs no message yet is put off until it does. Durable.
create or replace function venuekit.take_alerts(
  sink text, max_alerts integer, worker text, lease_seconds integer, cool_down_seconds integer, remind_seconds integer
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
-- Stays on the index of what is due, by its order, where the table was never analyzed.
set enable_sort = off set enable_bitmapscan = off set enable_hashjoin = off
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  asked venuekit.alert_sinks;
  due venuekit.alert_deliveries;
  alert venuekit.alerts;
  said record;
  taken jsonb := '[]';
begin
  perform venuekit.commit_durably();
  asked := venuekit.ask_for_sink(take_alerts.sink, moment);
  if asked.retry_at > moment then
    return jsonb_build_object('alerts', taken);
  end if;
  for due in
    select d.* from venuekit.alert_deliveries d
    where d.sink = take_alerts.sink and d.owed and d.due_at <= moment
      and (d.leased_until is null or d.leased_until <= moment)
    order by d.due_at, d.fingerprint
    for update skip locked
  loop
    exit when jsonb_array_length(taken) >= take_alerts.max_alerts;
    select a.* into alert from venuekit.alerts a where a.fingerprint = due.fingerprint;
    said := venuekit.alert_news(alert, due, take_alerts.cool_down_seconds * interval '1 second',
      take_alerts.remind_seconds * interval '1 second');
    if said.news is null or said.from_when > moment then
      update venuekit.alert_deliveries d
      set owed = said.news is not null, due_at = coalesce(said.from_when, d.due_at), leased_by = null,
        leased_until = null
      where d.sink = due.sink and d.fingerprint = due.fingerprint;
      continue;
    end if;
    update venuekit.alert_deliveries d
    set leased_by = take_alerts.worker, tries = d.tries + 1,
      leased_until = moment + take_alerts.lease_seconds * interval '1 second'
    where d.sink = due.sink and d.fingerprint = due.fingerprint;
    taken := taken || jsonb_build_object(
      'fingerprint', alert.fingerprint, 'news', said.news, 'kind', alert.kind, 'detail', alert.detail,
      'episode', alert.episode, 'amount', alert.amount, 'toldAmount', due.told_amount, 'toldAt',
      venuekit.iso(due.told_at), 'raisedAt', venuekit.iso(alert.raised_at), 'resolvedAt',
      venuekit.iso(case when not alert.once then alert.resolved_at end));
  end loop;
  return jsonb_build_object('alerts', taken);
end
$$;

revoke execute on function venuekit.take_alerts from public;
grant execute on function venuekit.take_alerts to venuekit_app;
