-- One look at something that is watched: raises what is wrong, a list of {fingerprint, kind, detail}, and resolves what
-- else is open under the scope, with which its fingerprints begin. All of it, each time: a look that died half-way
-- leaves nothing open. Looks settle one at a time, and one that a later look overtook changes nothing. `owed` where this
-- changed what sinks must be told. Durable.
create or replace function venuekit.settle_alerts(scope text, wrong jsonb, looked_at timestamptz) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  last_look timestamptz;
  moment timestamptz;
  finding record;
  answer jsonb;
  any_owed boolean := false;
  resolved integer;
begin
  perform venuekit.commit_durably();
  insert into venuekit.alert_looks (scope, looked_at) values (settle_alerts.scope, '-infinity')
  on conflict do nothing;
  select l.looked_at into last_look from venuekit.alert_looks l where l.scope = settle_alerts.scope for update;
  moment := venuekit.clock();
  -- A look of the future was made before the clock was put right.
  if last_look > settle_alerts.looked_at and last_look <= moment then
    return jsonb_build_object('owed', false, 'resolved', 0);
  end if;
  update venuekit.alert_looks l set looked_at = settle_alerts.looked_at where l.scope = settle_alerts.scope;
  for finding in
    select w.fingerprint, w.kind, w.detail
    from jsonb_to_recordset(settle_alerts.wrong) as w (fingerprint text, kind text, detail jsonb)
    order by w.fingerprint
  loop
    answer := venuekit.record_alert(finding.fingerprint, finding.kind, finding.detail, false);
    any_owed := any_owed or (answer ->> 'owed')::boolean;
  end loop;
  resolved := venuekit.close_alerts(
    array(
      select a.fingerprint from venuekit.alerts a
      where a.resolved_at is null and starts_with(a.fingerprint, settle_alerts.scope) and a.fingerprint not in (
        select w.fingerprint from jsonb_to_recordset(settle_alerts.wrong) as w (fingerprint text))),
    null, moment);
  return jsonb_build_object('owed', any_owed or resolved > 0, 'resolved', resolved);
end
$$;

revoke execute on function venuekit.settle_alerts from public;
grant execute on function venuekit.settle_alerts to venuekit_app;
