-- Leases to a worker what a sink must be told, what waited longest first; nothing while the sink is left alone. What
-- needs no message yet is put off until it does. A sink gets `burst_messages` of one kind in five minutes at most: what
-- may not be told singly any more goes with the last of them as one message, whose alerts have the same `message`, and
-- what comes after that is put off. Durable.
create or replace function venuekit.take_alerts(
  sink text, max_messages integer, worker text, lease_seconds integer, cool_down_seconds integer,
  remind_seconds integer, burst_messages integer
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
-- Stays on the index of what is due, by its order, where the table was never analyzed.
set enable_sort = off set enable_bitmapscan = off set enable_hashjoin = off
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  cool_down interval := take_alerts.cool_down_seconds * interval '1 second';
  remind interval := take_alerts.remind_seconds * interval '1 second';
  asked venuekit.alert_sinks;
  due venuekit.alert_deliveries;
  alert venuekit.alerts;
  said record;
  messages_left integer;
  -- Kinds of which no more is told for now, and from when on it is.
  held jsonb := '{}';
  alike text[];
  gathered text[] := '{}';
  kinds text[] := '{}';
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
    exit when cardinality(kinds) >= take_alerts.max_messages;
    continue when due.fingerprint = any (gathered);
    select a.* into alert from venuekit.alerts a where a.fingerprint = due.fingerprint;
    said := venuekit.alert_news(alert, due, cool_down, remind);
    if said.from_when <= moment and not held ? alert.kind then
      select l.messages, case when l.messages < 1 then held || jsonb_build_object(alert.kind, l.from_when) else held end
      into messages_left, held
      from venuekit.messages_left(due.sink, alert.kind, cardinality(array_positions(kinds, alert.kind)),
        take_alerts.burst_messages, moment) l;
    end if;
    if said.news is null or said.from_when > moment or held ? alert.kind then
      update venuekit.alert_deliveries d
      set owed = said.news is not null, leased_by = null, leased_until = null,
        due_at = coalesce(greatest(said.from_when, (held ->> alert.kind)::timestamptz), d.due_at)
      where d.sink = due.sink and d.fingerprint = due.fingerprint;
      continue;
    end if;
    alike := array(
      select d.fingerprint from venuekit.alert_deliveries d
      join venuekit.alerts a on a.fingerprint = d.fingerprint and a.kind = alert.kind
      cross join lateral venuekit.alert_news(a, d, cool_down, remind) n
      where d.sink = due.sink and d.owed and d.due_at <= moment and (d.leased_until is null or d.leased_until <= moment)
        and n.news = said.news and n.from_when <= moment
      order by d.due_at, d.fingerprint
      limit 100
      for update of d skip locked);
    if cardinality(alike) <= messages_left then
      alike := array[due.fingerprint];
    end if;
    update venuekit.alert_deliveries d
    set leased_by = take_alerts.worker, tries = d.tries + 1,
      leased_until = moment + take_alerts.lease_seconds * interval '1 second'
    where d.sink = due.sink and d.fingerprint = any (alike);
    kinds := kinds || alert.kind;
    gathered := gathered || alike;
    taken := taken || (
      select jsonb_agg(
        venuekit.owed_alert_json(a, d, said.news) || jsonb_build_object('message', cardinality(kinds))
        order by d.due_at, d.fingerprint)
      from venuekit.alert_deliveries d
      join venuekit.alerts a on a.fingerprint = d.fingerprint
      where d.sink = due.sink and d.fingerprint = any (alike));
  end loop;
  return jsonb_build_object('alerts', taken);
end
$$;

revoke execute on function venuekit.take_alerts from public;
grant execute on function venuekit.take_alerts to venuekit_app;
