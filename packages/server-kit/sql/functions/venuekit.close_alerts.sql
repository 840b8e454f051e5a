-- What these alerts told of is no longer so; those seen since `seen_before` stay. Sinks that were never
-- owed a message of one hear nothing of its end. Answers how many were open.
create or replace function venuekit.close_alerts(fingerprints text[], seen_before timestamptz, moment timestamptz)
returns integer
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  closed text[];
begin
  with open as (
    select a.fingerprint from venuekit.alerts a
    where a.fingerprint = any (close_alerts.fingerprints) and a.resolved_at is null
      and (close_alerts.seen_before is null or a.seen_at < close_alerts.seen_before)
    order by a.fingerprint
    for update
  ), over as (
    update venuekit.alerts a set resolved_at = close_alerts.moment
    from open o where a.fingerprint = o.fingerprint
    returning a.fingerprint
  )
  select coalesce(array_agg(o.fingerprint), '{}') into closed from over o;
  with due as (
    select d.sink, d.fingerprint from venuekit.alert_deliveries d
    where d.fingerprint = any (closed)
    order by d.fingerprint, d.sink
    for update
  )
  update venuekit.alert_deliveries d
  set owed = true, due_at = case when d.tries = 0 then close_alerts.moment else d.due_at end
  from due where d.sink = due.sink and d.fingerprint = due.fingerprint;
  return cardinality(closed);
end
$$;

revoke execute on function venuekit.close_alerts from public;
