-- How far a run came: a later one goes on from here. `subjects` were dealt with; alerts of an earlier run named by
-- `resolved` no longer hold. `lost` where another worker took the run over.
create or replace function venuekit.save_reconciliation(
  run_id uuid, worker text, step text, cursor text, report jsonb, subjects jsonb, resolved jsonb
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  run venuekit.reconciliations;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  select r.* into run from venuekit.reconciliations r
  where r.run_id = save_reconciliation.run_id and r.worker = save_reconciliation.worker and r.status = 'running'
  for update;
  if not found then
    return jsonb_build_object('outcome', 'lost');
  end if;
  moment := venuekit.clock();
  update venuekit.reconciliations r
  set step = save_reconciliation.step, cursor = save_reconciliation.cursor, report = save_reconciliation.report,
    touched_at = moment
  where r.run_id = run.run_id;
  insert into venuekit.reconciliation_marks (run_id, subject)
  select run.run_id, s.subject from jsonb_array_elements_text(save_reconciliation.subjects) as s (subject)
  on conflict do nothing;
  perform venuekit.close_alerts(
    array(select jsonb_array_elements_text(save_reconciliation.resolved)), run.started_at, moment);
  return jsonb_build_object('outcome', 'saved');
end
$$;

revoke execute on function venuekit.save_reconciliation from public;
grant execute on function venuekit.save_reconciliation to venuekit_app;
