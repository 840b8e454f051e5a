-- One batch of payments without an order that came to their end so long ago. Durable.
create or replace function venuekit.purge_orphans(days integer, max_rows integer) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  kept_from timestamptz := venuekit.clock() - purge_orphans.days * interval '1 day';
  removed integer;
begin
  perform venuekit.commit_durably();
  delete from venuekit.orphan_payments p
  using (
    select d.account, d.session_id from venuekit.orphan_payments d
    where d.ended_at < kept_from
    order by d.ended_at
    limit purge_orphans.max_rows
    for update skip locked
  ) old
  where p.account = old.account and p.session_id = old.session_id;
  get diagnostics removed = row_count;
  return jsonb_build_object('removed', removed);
end
$$;

revoke execute on function venuekit.purge_orphans from public;
grant execute on function venuekit.purge_orphans to venuekit_app;
