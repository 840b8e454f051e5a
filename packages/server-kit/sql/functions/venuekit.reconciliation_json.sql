create or replace function venuekit.reconciliation_json(run venuekit.reconciliations) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'runId', run.run_id, 'from', venuekit.iso(run.window_from), 'until', venuekit.iso(run.window_until),
    'startedAt', venuekit.iso(run.started_at), 'step', run.step, 'cursor', run.cursor, 'report', run.report)
$$;

revoke execute on function venuekit.reconciliation_json from public;
