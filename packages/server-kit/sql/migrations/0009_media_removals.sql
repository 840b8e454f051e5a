-- What media stores still hold and must give up: written in the transaction that lets the media go, worked off by a
-- job. The row goes once the store has said that nothing is left.

create table feed.media_removals (
  store text not null,
  store_key text not null,
  requested_at timestamptz not null,
  due_at timestamptz not null,
  tries integer not null default 0 constraint media_removal_tries_not_negative check (tries >= 0),
  leased_by text,
  leased_until timestamptz,
  last_error text,
  constraint media_removals_key primary key (store, store_key)
);
create index media_removals_due on feed.media_removals (due_at);

-- Uploads under way, by when the job looks at them again.
create index media_under_way on feed.media (changed_at)
where status in ('waiting', 'processing') and removed_at is null;
-- What was let go, by when its row can go too.
create index media_removed on feed.media (removed_at) where removed_at is not null;
create index media_of_viewer on feed.media (viewer_id, feed_id)
where status in ('waiting', 'processing') and removed_at is null;
