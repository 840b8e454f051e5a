-- Opens a run, or takes up one that was left unfinished: the scheduled one, or one of the very same window. Without a
-- window it reaches from the checkpoint less the overlap to five minutes ago: what is younger is still under way.
-- Durable. `busy` while another worker is at it.
create or replace function venuekit.begin_reconciliation(
  run_id uuid, account text, worker text, window_from timestamptz, window_until timestamptz, overlap_seconds integer
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  run venuekit.reconciliations;
  moment timestamptz := venuekit.clock();
  is_scheduled boolean := begin_reconciliation.window_from is null;
  overlap interval := begin_reconciliation.overlap_seconds * interval '1 second';
  checkpoint timestamptz;
  until timestamptz := coalesce(begin_reconciliation.window_until, moment - interval '5 minutes');
begin
  perform venuekit.commit_durably();
  select r.* into run from venuekit.reconciliations r
  where r.account = begin_reconciliation.account and r.status = 'running' and r.scheduled = is_scheduled
    and (is_scheduled or (r.window_from = begin_reconciliation.window_from and r.window_until = until))
  for update;
  if found then
    if run.touched_at > moment - interval '5 minutes' then
      return jsonb_build_object('outcome', 'busy');
    end if;
    update venuekit.reconciliations r set worker = begin_reconciliation.worker, touched_at = moment
    where r.run_id = run.run_id;
    return jsonb_build_object('outcome', 'resumed', 'run', venuekit.reconciliation_json(run));
  end if;

  select max(r.window_until) into checkpoint from venuekit.reconciliations r
  where r.account = begin_reconciliation.account and r.scheduled and r.status = 'finished';
  insert into venuekit.reconciliations (
    run_id, account, scheduled, window_from, window_until, worker, started_at, touched_at
  ) values (
    begin_reconciliation.run_id, begin_reconciliation.account, is_scheduled,
    coalesce(begin_reconciliation.window_from, least(coalesce(checkpoint, until), until) - overlap), until,
    begin_reconciliation.worker, moment, moment
  )
  on conflict do nothing
  returning * into run;
  if not found then
    return jsonb_build_object('outcome', 'busy');
  end if;
  return jsonb_build_object('outcome', 'begun', 'run', venuekit.reconciliation_json(run));
end
$$;

revoke execute on function venuekit.begin_reconciliation from public;
grant execute on function venuekit.begin_reconciliation to venuekit_app;
