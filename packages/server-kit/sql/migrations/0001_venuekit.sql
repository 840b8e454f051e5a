-- What is shared by all events: venues and their keys, the gateway's objects, inbox, outbox, jobs, limits.

create table venuekit.venues (
  venue_id uuid constraint venues_key primary key,
  name text not null constraint venue_name_given check (name <> ''),
  created_at timestamptz not null
);

create table venuekit.publishable_keys (
  publishable_key text constraint publishable_keys_key primary key
    constraint publishable_key_prefixed check (publishable_key like 'vk\_pub\_%'),
  venue_id uuid not null constraint publishable_key_of_venue references venuekit.venues,
  allowed_origins text[] not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);

-- The one uniqueness across events: a session or intent of the gateway pays once, worldwide. A payment made outside the
-- gateway stands here by its own id, under the account `external`.
create table venuekit.gateway_objects (
  account text not null,
  object_id text not null,
  event_id uuid not null,
  order_id uuid not null,
  payment_id uuid not null,
  recorded_at timestamptz not null,
  constraint gateway_objects_key primary key (account, object_id)
);

create table venuekit.webhooks (
  account text not null,
  gateway_event_id text not null,
  type text not null,
  mode text not null constraint webhook_mode_known check (mode in ('live', 'test')),
  payload jsonb not null,
  status text not null default 'pending' constraint webhook_status_known check (status in ('pending', 'done', 'dead')),
  tries integer not null default 0 constraint webhook_tries_not_negative check (tries >= 0),
  received_at timestamptz not null,
  next_try_at timestamptz not null,
  finished_at timestamptz,
  note text,
  last_error text,
  constraint webhooks_key primary key (account, gateway_event_id)
);
create index webhooks_due on venuekit.webhooks (next_try_at) where status = 'pending';
create index webhooks_done on venuekit.webhooks (finished_at) where status = 'done';

create table venuekit.outbox (
  message_id uuid constraint outbox_key primary key,
  kind text not null
    constraint message_kind_known check (kind in ('tickets', 'tickets_late', 'refund', 'cancellation', 'fulfilled')),
  event_id uuid not null,
  order_id uuid not null,
  version integer not null constraint message_version_positive check (version >= 1),
  status text not null default 'waiting' constraint message_status_known check (status in ('waiting', 'sent', 'dead', 'dismissed')),
  tries integer not null default 0,
  created_at timestamptz not null,
  due_at timestamptz not null,
  leased_by text,
  leased_until timestamptz,
  sent_at timestamptz,
  last_error text,
  -- Who saw to it that it need not be sent.
  dismissed_by text,
  constraint dismissed_message_has_actor check ((status = 'dismissed') = (dismissed_by is not null)),
  constraint message_sent_once unique (event_id, order_id, kind, version)
);
-- By whom it is for: who waits for one never waits for the other.
create index outbox_due on venuekit.outbox ((case kind when 'fulfilled' then 'host' else 'buyer' end), due_at)
where status = 'waiting';
-- Whose last try is under way, or has died with its worker.
create index outbox_worn on venuekit.outbox (leased_until) where status = 'waiting' and tries >= 30;
create index outbox_dead on venuekit.outbox (created_at) where status = 'dead';
create index outbox_errors on venuekit.outbox (sent_at) where status = 'sent' and last_error is not null;

create table venuekit.job_runs (
  job text not null,
  slot text not null,
  run_id uuid not null,
  worker text not null,
  taken_at timestamptz not null,
  -- When its worker last said that it is at it.
  touched_at timestamptz,
  finished_at timestamptz,
  failed boolean,
  report jsonb,
  constraint job_runs_key primary key (job, slot)
);
create index job_runs_recent on venuekit.job_runs (taken_at);
create index job_runs_of_job on venuekit.job_runs (job, taken_at);
create index job_runs_good on venuekit.job_runs (job, finished_at) where not failed;
create index job_runs_open on venuekit.job_runs (job, coalesce(touched_at, taken_at)) where finished_at is null;

create table venuekit.alerts (
  fingerprint text constraint alerts_key primary key,
  kind text not null,
  detail jsonb not null,
  raised_at timestamptz not null,
  seen_at timestamptz not null,
  seen_count integer not null default 1,
  resolved_at timestamptz,
  -- Null until the sink has taken it; it waits for that as long as it takes.
  sent_at timestamptz,
  due_at timestamptz not null,
  tries integer not null default 0,
  leased_by text,
  leased_until timestamptz,
  last_error text
);
create index alerts_unsent on venuekit.alerts (due_at) where sent_at is null;
create index alerts_over on venuekit.alerts (resolved_at) where resolved_at is not null and sent_at is not null;

-- Hits per bucket since its window began with the first; losing them in a crash harms nobody.
create unlogged table venuekit.rate_counters (
  bucket text constraint rate_counters_key primary key,
  ends_at timestamptz not null,
  hits integer not null constraint rate_hits_positive check (hits >= 1)
) with (fillfactor = 50);

grant usage on schema venuekit, ticketing, feed to venuekit_app, venuekit_ops;
