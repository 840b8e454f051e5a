-- Takes the job's present slot; one taker a slot, and none while another run of the job is under way. What a dead worker
-- left of a period is for the next period's run; a daily slot is taken again. `extra` asks for a run beside the slots,
-- which uses none of them up. Durable. Who asks in vain writes nothing and waits for nobody.
create or replace function venuekit.take_job_slot(
  job text, worker text, every_seconds integer, daily_at text, time_zone text, extra boolean default false
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz;
  run uuid := gen_random_uuid();
  present_slot text;
  refusal text;
  is_locked boolean := false;
begin
  perform venuekit.commit_durably();
  loop
    moment := venuekit.clock();
    present_slot := case
      when take_job_slot.extra then 'extra ' || venuekit.iso(moment) || ' ' || left(run::text, 8)
      else venuekit.job_slot(moment, take_job_slot.every_seconds, take_job_slot.daily_at, take_job_slot.time_zone)
    end;
    refusal := venuekit.slot_refusal(take_job_slot.job, present_slot, take_job_slot.daily_at is not null, moment);
    if refusal is not null then
      return jsonb_build_object('taken', false, 'reason', refusal);
    end if;
    exit when is_locked;
    -- Held by who takes a slot of this job now, or runs it in one transaction. With it, all is looked at again.
    is_locked := pg_try_advisory_xact_lock(hashtextextended('venuekit job ' || take_job_slot.job, 0));
    if not is_locked then
      return jsonb_build_object('taken', false, 'reason', 'under_way');
    end if;
  end loop;

  insert into venuekit.job_runs as r (job, slot, run_id, worker, taken_at)
  values (take_job_slot.job, present_slot, run, take_job_slot.worker, moment)
  on conflict on constraint job_runs_key do update
  set run_id = excluded.run_id, worker = excluded.worker, taken_at = excluded.taken_at, touched_at = null,
    finished_at = null, failed = null, report = null;
  return jsonb_build_object('taken', true, 'slot', present_slot, 'runId', run);
end
$$;

revoke execute on function venuekit.take_job_slot from public;
grant execute on function venuekit.take_job_slot to venuekit_app;
