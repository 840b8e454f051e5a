-- One batch of job runs that began so long ago, but never the newest of a job, nor the newest that ended well: since
-- when it fails is known for ever. Durable.
create or replace function venuekit.purge_job_runs(days integer, max_rows integer) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  kept_from timestamptz := venuekit.clock() - purge_job_runs.days * interval '1 day';
  removed integer;
begin
  perform venuekit.commit_durably();
  delete from venuekit.job_runs r
  using (
    select d.job, d.slot from venuekit.job_runs d
    where d.taken_at < kept_from and exists (
      select from venuekit.job_runs n
      where n.job = d.job and n.taken_at > d.taken_at and (n.failed is false or d.failed is not false)
    )
    order by d.taken_at
    limit purge_job_runs.max_rows
    for update skip locked
  ) old
  where r.job = old.job and r.slot = old.slot;
  get diagnostics removed = row_count;
  return jsonb_build_object('removed', removed);
end
$$;

revoke execute on function venuekit.purge_job_runs from public;
grant execute on function venuekit.purge_job_runs to venuekit_app;
