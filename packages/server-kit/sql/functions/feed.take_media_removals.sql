-- Leases due removals of these stores to a worker; another one sees them again only once the lease is over.
create or replace function feed.take_media_removals(
  stores jsonb, max_removals integer, worker text, lease_seconds integer
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
-- Stays on the index of what is due, by its order, where the table was never analyzed.
set enable_sort = off set enable_bitmapscan = off set enable_hashjoin = off
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  taken jsonb;
begin
  perform venuekit.commit_durably();
  with due as (
    select r.store, r.store_key from feed.media_removals r
    where r.due_at <= moment and (r.leased_until is null or r.leased_until <= moment)
      and take_media_removals.stores ? r.store
    order by r.due_at, r.store, r.store_key
    limit take_media_removals.max_removals
    for update skip locked
  ), leased as (
    update feed.media_removals r
    set leased_by = take_media_removals.worker, tries = r.tries + 1,
      leased_until = moment + take_media_removals.lease_seconds * interval '1 second'
    from due d where r.store = d.store and r.store_key = d.store_key
    returning r.*
  )
  select coalesce(jsonb_agg(jsonb_build_object('store', l.store, 'storeKey', l.store_key)), '[]') into taken
  from leased l;
  return jsonb_build_object('removals', taken);
end
$$;

revoke execute on function feed.take_media_removals from public;
grant execute on function feed.take_media_removals to venuekit_app;
