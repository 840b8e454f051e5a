-- Lets go of a run that could not be finished: whoever comes next takes it up where it stands.
create or replace function venuekit.leave_reconciliation(run_id uuid, worker text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
begin
  perform venuekit.commit_durably();
  update venuekit.reconciliations r set touched_at = r.started_at - interval '1 day'
  where r.run_id = leave_reconciliation.run_id and r.worker = leave_reconciliation.worker and r.status = 'running';
  return jsonb_build_object('outcome', case when found then 'left' else 'lost' end);
end
$$;

revoke execute on function venuekit.leave_reconciliation from public;
grant execute on function venuekit.leave_reconciliation to venuekit_app;
