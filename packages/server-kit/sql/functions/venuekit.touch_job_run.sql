-- A worker says that it is still at its run; `lost` where another has taken the run over, or has begun a later one since
-- this worker fell silent: a period is not taken again, the next one is. Durable.
create or replace function venuekit.touch_job_run(job text, slot text, run_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  update venuekit.job_runs r
  set touched_at = moment
  where r.job = touch_job_run.job and r.slot = touch_job_run.slot and r.run_id = touch_job_run.run_id
    and r.finished_at is null
    and not exists (
      select from venuekit.job_runs n where n.job = r.job and n.taken_at > r.taken_at and n.taken_at <= moment);
  return jsonb_build_object('outcome', case when found then 'touched' else 'lost' end);
end
$$;

revoke execute on function venuekit.touch_job_run from public;
grant execute on function venuekit.touch_job_run to venuekit_app;
