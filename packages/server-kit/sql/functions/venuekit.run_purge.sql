-- The job `purge` by the database alone, for schedulers in it: what the job does, in its own slot, five thousand rows of
-- a kind at most. `retention` has the days of each kind. Durable.
create or replace function venuekit.run_purge(retention jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
declare
  max_rows constant integer := 5000;
  run jsonb;
  report jsonb;
  kind text;
begin
  foreach kind in array array['webhooks', 'reconciliations', 'orphanPayments', 'alerts', 'jobRuns', 'messageErrors'] loop
    if run_purge.retention ->> kind is null then
      raise exception 'days for % are missing', kind using errcode = '22023';
    end if;
  end loop;
  run := venuekit.take_job_slot('purge', 'pg_cron', 3600, null, null);
  if not (run ->> 'taken')::boolean then
    return run;
  end if;
  report := jsonb_build_object(
    'rates', venuekit.purge_rates() -> 'removed',
    'changes', feed.purge_changes() -> 'removed',
    'webhooks', venuekit.purge_webhooks((retention ->> 'webhooks')::integer, max_rows) -> 'removed',
    'reconciliations', venuekit.purge_reconciliations((retention ->> 'reconciliations')::integer, max_rows) -> 'removed',
    'orphanPayments', venuekit.purge_orphans((retention ->> 'orphanPayments')::integer, max_rows) -> 'removed',
    'alerts', venuekit.purge_alerts((retention ->> 'alerts')::integer, max_rows) -> 'removed',
    'jobRuns', venuekit.purge_job_runs((retention ->> 'jobRuns')::integer, max_rows) -> 'removed',
    'messageErrors', venuekit.purge_message_errors((retention ->> 'messageErrors')::integer, max_rows) -> 'removed');
  perform venuekit.finish_job_slot('purge', run ->> 'slot', (run ->> 'runId')::uuid, false, report);
  return run || jsonb_build_object('report', report);
end
$$;

revoke execute on function venuekit.run_purge from public;
