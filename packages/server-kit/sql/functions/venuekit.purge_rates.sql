-- One batch of windows that ended. Whoever opens one of them anew meanwhile waits for it.
create or replace function venuekit.purge_rates(max_rows integer) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
declare
  moment timestamptz := venuekit.clock();
  removed integer;
begin
  delete from venuekit.rate_counters c where c.bucket in (
    select e.bucket from venuekit.rate_counters e where e.ends_at <= moment
    limit purge_rates.max_rows
    for update skip locked
  );
  get diagnostics removed = row_count;
  return jsonb_build_object('removed', removed);
end
$$;

revoke execute on function venuekit.purge_rates from public;
grant execute on function venuekit.purge_rates to venuekit_app;
