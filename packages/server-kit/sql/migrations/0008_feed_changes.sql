-- What changed in feeds, kept for an hour: what live streams read. Written in the transaction of the change.

create table feed.changes (
  -- Numbers are given before COMMIT and so become visible out of order; a reader goes by `xid`, and only below the
  -- oldest transaction that still runs.
  xid xid8 not null default pg_catalog.pg_current_xact_id(),
  seq bigint not null generated always as identity,
  venue_id uuid not null,
  feed_id uuid not null,
  post_id uuid not null,
  kind text not null constraint change_kind_known check (kind in ('post', 'removed')),
  changed_at timestamptz not null,
  constraint changes_key primary key (xid, seq)
);
create index changes_oldest on feed.changes (changed_at);

-- How far the purge went: a reader that stands below it has missed something.
create table feed.change_horizon (
  the_only boolean constraint change_horizon_key primary key constraint change_horizon_single check (the_only),
  xid xid8 not null,
  seq bigint not null
);
