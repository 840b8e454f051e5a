-- Takes the job's present slot; one taker a slot, and none while another run of the job is under way. What a dead worker
-- left of a period is for the next period's run; a daily slot is taken again. `extra` asks for a run beside the slots,
-- which uses none of them up. Durable.
create or replace function venuekit.take_job_slot(
  job text, worker text, every_seconds integer, daily_at text, time_zone text, extra boolean default false
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  run uuid := gen_random_uuid();
  present_slot text;
begin
  perform venuekit.commit_durably();
  present_slot := case
    when take_job_slot.extra then 'extra ' || venuekit.iso(moment) || ' ' || left(run::text, 8)
    else venuekit.job_slot(moment, take_job_slot.every_seconds, take_job_slot.daily_at, take_job_slot.time_zone)
  end;
  if present_slot is null then
    return jsonb_build_object('taken', false, 'reason', 'not_due');
  end if;
  if venuekit.is_under_way(take_job_slot.job, moment) then
    return jsonb_build_object('taken', false, 'reason', 'under_way');
  end if;

  insert into venuekit.job_runs as r (job, slot, run_id, worker, taken_at)
  values (take_job_slot.job, present_slot, run, take_job_slot.worker, moment)
  on conflict on constraint job_runs_key do update
  set run_id = excluded.run_id, worker = excluded.worker, taken_at = excluded.taken_at, touched_at = null,
    finished_at = null, failed = null, report = null
  where venuekit.may_run_again(r, take_job_slot.daily_at is not null, moment);
  if not found then
    return jsonb_build_object('taken', false, 'reason', 'taken');
  end if;
  return jsonb_build_object('taken', true, 'slot', present_slot, 'runId', run);
end
$$;

revoke execute on function venuekit.take_job_slot from public;
grant execute on function venuekit.take_job_slot to venuekit_app;
