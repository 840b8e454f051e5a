-- One look at something that is watched: raises what is wrong, a list of {fingerprint, kind, detail}, and resolves what
-- else is open under the scope, with which its fingerprints begin. All of it, each time: a look that died half-way
-- leaves nothing open. What was seen or resolved by a look after `looked_at` stays as that one left it. `owed` where this
-- changed what sinks must be told. Durable.
create or replace function venuekit.settle_alerts(scope text, wrong jsonb, looked_at timestamptz default null)
returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  wrong_ones text[] := array(
    select w.fingerprint from jsonb_to_recordset(settle_alerts.wrong) as w (fingerprint text));
  finding record;
  answer jsonb;
  any_owed boolean := false;
  resolved integer;
begin
  perform venuekit.commit_durably();
  perform from venuekit.alerts a
  where a.fingerprint = any (wrong_ones || array(
    select o.fingerprint from venuekit.alerts o
    where o.resolved_at is null and starts_with(o.fingerprint, settle_alerts.scope)))
  order by a.fingerprint
  for update;
  for finding in
    select w.fingerprint, w.kind, w.detail
    from jsonb_to_recordset(settle_alerts.wrong) as w (fingerprint text, kind text, detail jsonb)
    where not exists (
      select from venuekit.alerts a
      where a.fingerprint = w.fingerprint and greatest(a.seen_at, a.resolved_at) > settle_alerts.looked_at)
    order by w.fingerprint
  loop
    answer := venuekit.record_alert(
      finding.fingerprint, finding.kind, finding.detail, false, true, settle_alerts.looked_at);
    any_owed := any_owed or (answer ->> 'owed')::boolean;
  end loop;
  resolved := venuekit.close_alerts(
    array(
      select a.fingerprint from venuekit.alerts a
      where a.resolved_at is null and starts_with(a.fingerprint, settle_alerts.scope)
        and a.fingerprint <> all (wrong_ones)),
    settle_alerts.looked_at + interval '1 microsecond', coalesce(settle_alerts.looked_at, venuekit.clock()));
  return jsonb_build_object('owed', any_owed or resolved > 0, 'resolved', resolved);
end
$$;

revoke execute on function venuekit.settle_alerts from public;
grant execute on function venuekit.settle_alerts to venuekit_app;
