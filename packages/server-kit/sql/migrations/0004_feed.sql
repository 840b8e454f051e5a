-- Feeds and their posts.

create table feed.feeds (
  feed_id uuid constraint feeds_key primary key,
  venue_id uuid not null constraint feed_of_venue references venuekit.venues,
  name text not null constraint feed_name_given check (name <> ''),
  created_at timestamptz not null
);

create table feed.posts (
  post_id uuid constraint posts_key primary key,
  feed_id uuid not null constraint post_of_feed references feed.feeds,
  -- The id its author's client made: the render key for ever, and the idempotency key.
  client_id uuid not null,
  author_id text not null,
  author jsonb not null,
  text text not null constraint post_text_length check (char_length(text) <= 2000),
  request_hash text not null,
  created_at timestamptz not null,
  -- Keyset of the list: microseconds in hexadecimal, then the id. Compared by code unit.
  position text collate "C" not null,
  pinned_at timestamptz,
  -- Grows with every change that all see.
  version integer not null default 1 constraint post_version_positive check (version >= 1),
  -- How many rows of feed.reactions name it; moves with them.
  reaction_count integer not null default 0 constraint post_reactions_not_negative check (reaction_count >= 0),
  deleted_at timestamptz,
  -- Its author, the moderator who deleted it, or the actor who resolved its reports.
  deleted_by text,
  constraint deleted_post_names_who check ((deleted_at is null) = (deleted_by is null)),
  constraint post_client_id_once unique (feed_id, author_id, client_id)
);
-- Both parts of the list: what was pinned since a reader's first page stays in its place for that reader.
create index posts_shown on feed.posts (feed_id, position desc) where deleted_at is null;
create index posts_pinned on feed.posts (feed_id, position desc) where deleted_at is null and pinned_at is not null;

create table feed.reactions (
  post_id uuid not null constraint reaction_to_post references feed.posts,
  viewer_id text not null,
  reacted_at timestamptz not null,
  constraint reactions_key primary key (post_id, viewer_id)
);

create table feed.reports (
  report_id uuid constraint reports_key primary key,
  post_id uuid not null constraint report_of_post references feed.posts,
  viewer_id text not null,
  viewer_name text not null,
  reason text not null constraint report_reason_known check (reason in ('spam', 'abuse', 'illegal', 'other')),
  note text,
  reported_at timestamptz not null,
  resolved_at timestamptz,
  constraint report_once_per_viewer unique (post_id, viewer_id)
);

-- A reported post as moderators see it: one row for all its reports. What was kept opens again when another viewer
-- reports it.
create table feed.report_cases (
  post_id uuid constraint report_cases_key primary key constraint case_of_post references feed.posts,
  feed_id uuid not null constraint case_of_feed references feed.feeds,
  report_count integer not null constraint case_has_reports check (report_count >= 1),
  opened_at timestamptz not null,
  resolution text constraint case_resolution_known check (resolution in ('keep', 'remove')),
  resolved_at timestamptz,
  resolved_by text constraint case_resolved_by_somebody check (resolved_by <> ''),
  note text,
  -- Keyset of the moderators' lists, made of the time it opened or was resolved.
  position text collate "C" not null,
  constraint case_resolved_whole
    check (num_nulls(resolution, resolved_at, resolved_by) in (0, 3))
);
create index cases_open on feed.report_cases (feed_id, position desc) where resolved_at is null;
create index cases_resolved on feed.report_cases (feed_id, position desc) where resolved_at is not null;
