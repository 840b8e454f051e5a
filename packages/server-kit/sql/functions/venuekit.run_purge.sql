-- The job `purge` by the database alone, for schedulers in it: what the job does, in its own slot. `retention` has the days
-- of each kind. One transaction for all of it: so it takes fewer rows of a kind than the job, the next hour goes on, and
-- what others would wait for comes last. Durable.
create or replace function venuekit.run_purge(retention jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
declare
  kinds constant text[] := array[
    'webhooks', 'reconciliations', 'orphanPayments', 'alerts', 'jobRuns', 'messageErrors', 'orderOrigins'];
  batch constant integer := 5000;
  max_rows constant integer := 20000;
  run jsonb;
  report jsonb := '{}';
  kind text;
  days integer;
  event_id text;
  answer jsonb;
  removed integer;
begin
  foreach kind in array kinds loop
    if run_purge.retention ->> kind is null then
      raise exception 'days for % are missing', kind using errcode = '22023';
    end if;
  end loop;
  run := venuekit.take_job_slot('purge', 'pg_cron', 3600, null, null);
  if not (run ->> 'taken')::boolean then
    return run;
  end if;
  foreach kind in array array_remove(kinds, 'orderOrigins') loop
    days := (retention ->> kind)::integer;
    removed := 0;
    loop
      answer := case kind
        when 'webhooks' then venuekit.purge_webhooks(days, batch)
        when 'reconciliations' then venuekit.purge_reconciliations(days, batch)
        when 'orphanPayments' then venuekit.purge_orphans(days, batch)
        when 'alerts' then venuekit.purge_alerts(days, batch)
        when 'jobRuns' then venuekit.purge_job_runs(days, batch)
        when 'messageErrors' then venuekit.purge_message_errors(days, batch)
      end;
      removed := removed + (answer ->> 'removed')::integer;
      exit when (answer ->> 'removed')::integer < batch or removed >= max_rows;
    end loop;
    report := report || jsonb_build_object(kind, removed);
  end loop;
  removed := 0;
  for event_id in
    select jsonb_array_elements_text(
      ticketing.events_with_origins((retention ->> 'orderOrigins')::integer, 100) -> 'eventIds')
  loop
    answer := null;
    loop
      exit when removed >= max_rows;
      answer := ticketing.clear_origins(event_id::uuid, (answer ->> 'after')::uuid, batch);
      removed := removed + (answer ->> 'cleared')::integer;
      exit when answer ->> 'after' is null;
    end loop;
  end loop;
  -- Whoever opens one of these windows anew waits for the end of this transaction.
  report := report || jsonb_build_object(
    'orderOrigins', removed, 'changes', feed.purge_changes() -> 'removed',
    'rates', venuekit.purge_rates(5 * max_rows) -> 'removed');
  perform venuekit.finish_job_slot('purge', run ->> 'slot', (run ->> 'runId')::uuid, false, report);
  return run || jsonb_build_object('report', report);
end
$$;

revoke execute on function venuekit.run_purge from public;
