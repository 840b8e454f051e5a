-- Keeps an hour of changes, and remembers how far it went. Only what stands below every younger change goes, so that
-- what is kept has no holes. Numbers from the future are those of a database that this one was restored from: they go,
-- and say nothing of how far it went.
create or replace function feed.purge_changes() returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
declare
  moment timestamptz := venuekit.clock();
  latest xid8 := pg_snapshot_xmax(pg_current_snapshot());
  kept_xid xid8;
  kept_seq bigint;
  removed integer;
begin
  select c.xid, c.seq into kept_xid, kept_seq from feed.changes c
  where c.changed_at >= moment - interval '1 hour' and c.xid <= latest
  order by c.xid, c.seq limit 1;

  with gone as (
    delete from feed.changes c
    where c.changed_at < moment - interval '1 hour'
      and (kept_xid is null or (c.xid, c.seq) < (kept_xid, kept_seq) or c.xid > latest)
    returning c.xid, c.seq
  ), counted as (
    select count(*)::integer as removed from gone
  ), moved as (
    insert into feed.change_horizon as h (the_only, xid, seq)
    select true, g.xid, g.seq from gone g where g.xid <= latest order by g.xid desc, g.seq desc limit 1
    on conflict (the_only) do update set xid = excluded.xid, seq = excluded.seq
    where (excluded.xid, excluded.seq) > (h.xid, h.seq) or h.xid > latest
  )
  select counted.removed into removed from counted;
  return jsonb_build_object('removed', removed);
end
$$;

revoke execute on function feed.purge_changes from public;
grant execute on function feed.purge_changes to venuekit_app;
