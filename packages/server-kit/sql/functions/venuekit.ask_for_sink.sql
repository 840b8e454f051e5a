-- Notes that a node has this sink. One that is new, or that nobody asked for in a week, is owed what is open, and what
-- happened within the last day, as far as anybody is told of it.
create or replace function venuekit.ask_for_sink(sink text, moment timestamptz) returns venuekit.alert_sinks
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  known venuekit.alert_sinks;
begin
  select s.* into known from venuekit.alert_sinks s where s.sink = ask_for_sink.sink;
  if known.asked_at > moment - interval '1 hour' then
    return known;
  end if;
  if known.asked_at > moment - interval '7 days' then
    update venuekit.alert_sinks s set asked_at = moment where s.sink = known.sink;
    return known;
  end if;
  -- Whoever raises an alert now either sees this sink or is seen by it.
  lock table venuekit.alerts in share row exclusive mode;
  insert into venuekit.alert_sinks as s (sink, asked_at) values (ask_for_sink.sink, moment)
  on conflict on constraint alert_sinks_key do update set asked_at = excluded.asked_at
  returning * into known;
  perform venuekit.owe_alerts(
    array(
      select a.fingerprint from venuekit.alerts a
      where a.told and (a.resolved_at is null or a.seen_at > moment - interval '1 day')),
    moment);
  return known;
end
$$;

revoke execute on function venuekit.ask_for_sink from public;
