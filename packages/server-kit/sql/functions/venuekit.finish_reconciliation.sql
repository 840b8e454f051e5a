-- Ends a run and keeps its report; of a scheduled one the window's end is the next checkpoint. Durable.
create or replace function venuekit.finish_reconciliation(run_id uuid, worker text, report jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  update venuekit.reconciliations r
  set status = 'finished', finished_at = moment, touched_at = moment, report = finish_reconciliation.report,
    step = null, cursor = null
  where r.run_id = finish_reconciliation.run_id and r.worker = finish_reconciliation.worker and r.status = 'running';
  if not found then
    return jsonb_build_object('outcome', 'lost');
  end if;
  delete from venuekit.reconciliation_marks m where m.run_id = finish_reconciliation.run_id;
  return jsonb_build_object('outcome', 'finished');
end
$$;

revoke execute on function venuekit.finish_reconciliation from public;
grant execute on function venuekit.finish_reconciliation to venuekit_app;
