-- One batch of comparisons that ended so long ago, but never the newest scheduled one of an account: the next begins
-- where that ended. Durable.
create or replace function venuekit.purge_reconciliations(days integer, max_rows integer) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  kept_from timestamptz := venuekit.clock() - purge_reconciliations.days * interval '1 day';
  removed integer;
begin
  perform venuekit.commit_durably();
  delete from venuekit.reconciliations r
  using (
    select d.run_id from venuekit.reconciliations d
    where d.status = 'finished' and d.finished_at < kept_from and not (d.scheduled and not exists (
      select from venuekit.reconciliations n
      where n.account = d.account and n.scheduled and n.status = 'finished'
        and (n.window_until, n.run_id) > (d.window_until, d.run_id)
    ))
    order by d.finished_at
    limit purge_reconciliations.max_rows
    for update skip locked
  ) old
  where r.run_id = old.run_id;
  get diagnostics removed = row_count;
  return jsonb_build_object('removed', removed);
end
$$;

revoke execute on function venuekit.purge_reconciliations from public;
grant execute on function venuekit.purge_reconciliations to venuekit_app;
