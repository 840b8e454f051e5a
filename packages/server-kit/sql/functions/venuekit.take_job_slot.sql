-- Takes the job's present slot; one taker a slot. A period's slot is its number since 1970. A daily job's slot is the
-- local date, due once local time is past `daily_at` and no run has that date: an hour that the clocks skip or repeat
-- (cron libraries: never in Chicago's spring, twice in Sydney's autumn) changes nothing. A daily run that failed may be
-- taken again half an hour later, one that never ended after six hours: a day is long to wait.
create or replace function venuekit.take_job_slot(
  job text, worker text, every_seconds integer, daily_at text, time_zone text
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  local_time timestamp;
  run uuid := gen_random_uuid();
  present_slot text;
begin
  perform venuekit.commit_durably();
  if take_job_slot.daily_at is not null then
    local_time := moment at time zone coalesce(take_job_slot.time_zone, 'UTC');
    if local_time::time < take_job_slot.daily_at::time then
      return jsonb_build_object('taken', false);
    end if;
    present_slot := to_char(local_time, 'YYYY-MM-DD');
  else
    present_slot := floor(extract(epoch from moment) / take_job_slot.every_seconds)::bigint::text;
  end if;

  insert into venuekit.job_runs as r (job, slot, run_id, worker, taken_at)
  values (take_job_slot.job, present_slot, run, take_job_slot.worker, moment)
  on conflict on constraint job_runs_key do update
  set run_id = excluded.run_id, worker = excluded.worker, taken_at = excluded.taken_at, finished_at = null,
    failed = null, report = null
  where take_job_slot.daily_at is not null
    and ((r.failed and r.finished_at <= moment - interval '30 minutes')
      or (r.finished_at is null and r.taken_at <= moment - interval '6 hours'));
  if not found then
    return jsonb_build_object('taken', false);
  end if;
  return jsonb_build_object('taken', true, 'slot', present_slot, 'runId', run);
end
$$;

revoke execute on function venuekit.take_job_slot from public;
grant execute on function venuekit.take_job_slot to venuekit_app;
