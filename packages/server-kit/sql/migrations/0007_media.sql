-- Uploads, and the media of posts: one row is both, from the first byte to the post that shows it.

create table feed.media (
  upload_id uuid constraint media_key primary key,
  venue_id uuid not null constraint media_of_venue references venuekit.venues,
  feed_id uuid not null constraint media_of_feed references feed.feeds,
  -- Who uploads; only a post of the same viewer may take it.
  viewer_id text not null,
  kind text not null constraint media_kind_known check (kind in ('image', 'video')),
  status text not null default 'waiting'
    constraint media_status_known check (status in ('waiting', 'processing', 'ready', 'rejected')),
  content_type text not null,
  byte_length bigint not null constraint media_byte_length_positive check (byte_length >= 1),
  received_bytes bigint not null default 0,
  width integer constraint media_width_positive check (width >= 1),
  height integer constraint media_height_positive check (height >= 1),
  duration_ms integer constraint media_duration_not_negative check (duration_ms >= 0),
  url text,
  poster_url text,
  alt text,
  post_id uuid constraint media_of_post references feed.posts,
  -- Its place among the media of its post, from 0.
  ordinal integer constraint media_ordinal_not_negative check (ordinal >= 0),
  -- Which media store holds it, and under what name there.
  store text not null,
  store_key text not null,
  -- Where the browser PUTs the bytes, while it is waiting and where the store said so.
  upload_url text,
  -- {reason, detail}, in words for its author.
  rejection jsonb,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- When the store's copy was removed: cancelled, rejected, never taken, or its post deleted.
  removed_at timestamptz,
  constraint media_received_in_range check (received_bytes between 0 and byte_length),
  constraint media_post_with_ordinal check ((post_id is null) = (ordinal is null)),
  constraint ready_media_can_be_shown check (status <> 'ready' or url is not null),
  constraint rejected_media_says_why check ((status = 'rejected') = (rejection is not null)),
  constraint media_once_per_ordinal unique (post_id, ordinal),
  constraint media_stored_once unique (store, store_key)
);
create index media_unused on feed.media (created_at) where post_id is null and removed_at is null;
