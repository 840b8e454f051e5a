-- How the given jobs stand, in their order. `due`: a taker would get a run now. `stale`: none has ended well for
-- `staleSeconds`, counted from the last upgrade where none ever has. What is given of a job: `job`, `everySeconds`
-- or `dailyAt` and `timeZone`, `staleSeconds`.
create or replace function venuekit.list_jobs(jobs jsonb) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  -- A job that a release brings has not run yet, and is not late for that.
  installed_at timestamptz := greatest(
    (select max(m.applied_at) from venuekit.migrations m), (select r.applied_at from venuekit.release r));
begin
  return jsonb_build_object('now', venuekit.iso(moment), 'jobs', (
    select jsonb_agg(jsonb_build_object(
      'job', s.job,
      'slot', s.slot,
      'underWay', s.under_way,
      'due', s.slot is not null and not s.under_way and not exists (
        select from venuekit.job_runs r
        where r.job = s.job and r.slot = s.slot and not venuekit.may_run_again(r, s.is_daily, moment)
      ),
      'lastGoodAt', venuekit.iso(s.good_at),
      'stale', coalesce(s.good_at, installed_at) <= moment - s.stale_seconds * interval '1 second',
      'lastRun', (
        select jsonb_build_object(
          'slot', r.slot, 'worker', r.worker, 'takenAt', venuekit.iso(r.taken_at),
          'finishedAt', venuekit.iso(r.finished_at), 'failed', r.failed, 'report', r.report)
        from venuekit.job_runs r
        where r.job = s.job and r.taken_at < moment + interval '1 minute'
        order by r.taken_at desc
        limit 1
      )
    ) order by s.position)
    from (
      select j.job, j.position, j.stale_seconds, j.daily_at is not null as is_daily,
        venuekit.job_slot(moment, j.every_seconds, j.daily_at, j.time_zone) as slot,
        venuekit.is_under_way(j.job, moment) as under_way,
        (
          select max(r.finished_at) from venuekit.job_runs r
          where r.job = j.job and not r.failed and r.finished_at < moment + interval '1 minute'
        ) as good_at
      from (
        select g.value ->> 'job' as job, g.position, (g.value ->> 'everySeconds')::integer as every_seconds,
          g.value ->> 'dailyAt' as daily_at, g.value ->> 'timeZone' as time_zone,
          (g.value ->> 'staleSeconds')::integer as stale_seconds
        from jsonb_array_elements(list_jobs.jobs) with ordinality as g (value, position)
      ) j
    ) s
  ));
end
$$;

revoke execute on function venuekit.list_jobs from public;
grant execute on function venuekit.list_jobs to venuekit_app;
