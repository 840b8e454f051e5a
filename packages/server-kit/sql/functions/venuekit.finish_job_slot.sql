-- Ends a run, once; `lost` where another worker has taken it over, whose record this must not touch. Durable.
create or replace function venuekit.finish_job_slot(
  job text, slot text, run_id uuid, failed boolean, report jsonb
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  update venuekit.job_runs r
  set finished_at = moment, failed = finish_job_slot.failed, report = finish_job_slot.report
  where r.job = finish_job_slot.job and r.slot = finish_job_slot.slot and r.run_id = finish_job_slot.run_id
    and r.finished_at is null;
  return jsonb_build_object('outcome', case when found then 'recorded' else 'lost' end);
end
$$;

revoke execute on function venuekit.finish_job_slot from public;
grant execute on function venuekit.finish_job_slot to venuekit_app;
