-- The cursor after which everything stands that changed in the last so many seconds.
create or replace function feed.begin_changes(seconds integer) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
  moment timestamptz := venuekit.clock();
  before_xid xid8 := pg_snapshot_xmin(pg_current_snapshot());
  first_xid xid8;
  first_seq bigint;
begin
  select c.xid, c.seq into first_xid, first_seq from feed.changes c
  where c.changed_at >= moment - make_interval(secs => begin_changes.seconds) and c.xid < before_xid
  order by c.xid, c.seq limit 1;
  return jsonb_build_object('cursor', coalesce(first_xid || '-' || (first_seq - 1), before_xid || '-0'));
end
$$;

revoke execute on function feed.begin_changes from public;
grant execute on function feed.begin_changes to venuekit_app;
