-- What changed in all feeds after the cursor `<xid>-<seq>`, each post once in its newest state, as all see it, and up to
-- where that is; without a cursor nothing, and where to begin. Rows become visible out of order, so only those below the
-- oldest transaction that still runs are read: a slow one that took an early number is waited for, not skipped.
create or replace function feed.read_changes(after text, page_size integer) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  before_xid xid8 := pg_snapshot_xmin(pg_current_snapshot());
  after_xid xid8;
  after_seq bigint;
  changes jsonb;
  reached text;
  more boolean;
begin
  if read_changes.after is null then
    return jsonb_build_object('outcome', 'read', 'changes', '[]'::jsonb, 'cursor', before_xid || '-0', 'more', false);
  elsif read_changes.after !~ '^[0-9]{1,19}-[0-9]{1,18}$' then
    return jsonb_build_object('outcome', 'bad_cursor');
  end if;
  after_xid := split_part(read_changes.after, '-', 1)::xid8;
  after_seq := split_part(read_changes.after, '-', 2)::bigint;

  with page as (
    select c.* from feed.changes c
    where (c.xid, c.seq) > (after_xid, after_seq) and c.xid < before_xid
    order by c.xid, c.seq
    limit read_changes.page_size
  ), newest as (
    select distinct on (c.post_id) c.* from page c order by c.post_id, c.xid desc, c.seq desc
  )
  select
    (
      select jsonb_agg(
        jsonb_build_object(
          'cursor', n.xid || '-' || n.seq, 'venueId', n.venue_id, 'feedId', n.feed_id, 'postId', n.post_id)
          || case when p.deleted_at is null
            then jsonb_build_object('kind', 'post', 'post', feed.post_json(p, null, false))
            else jsonb_build_object('kind', 'removed', 'clientId', p.client_id) end
        order by n.xid, n.seq)
      from newest n join feed.posts p on p.post_id = n.post_id
    ),
    (select l.xid || '-' || l.seq from page l order by l.xid desc, l.seq desc limit 1)
  into changes, reached;

  -- Judged after the reading, so that a purge in between is noticed. A cursor from the future is one of another time
  -- of this database, before it was restored.
  if after_xid > pg_snapshot_xmax(pg_current_snapshot()) or exists (
    select from feed.change_horizon h
    where (h.xid, h.seq) > (after_xid, after_seq) and h.xid <= pg_snapshot_xmax(pg_current_snapshot())
  ) then
    return jsonb_build_object('outcome', 'reset', 'cursor', before_xid || '-0');
  end if;
  more := reached is not null and exists (
    select from feed.changes c
    where (c.xid, c.seq) > (split_part(reached, '-', 1)::xid8, split_part(reached, '-', 2)::bigint)
      and c.xid < before_xid);
  return jsonb_build_object(
    'outcome', 'read', 'changes', coalesce(changes, '[]'), 'more', more,
    'cursor', case when more then reached when after_xid >= before_xid then read_changes.after else before_xid || '-0' end);
end
$$;

revoke execute on function feed.read_changes from public;
grant execute on function feed.read_changes to venuekit_app;
