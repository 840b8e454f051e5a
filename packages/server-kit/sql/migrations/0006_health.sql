-- What audits find, when each event was last looked through, and what repairs changed.

-- One thing that is wrong. `amount` says how much of it, in what the kind counts: places, orders, counters, messages.
create type ticketing.finding as (
  kind text,
  event_id uuid,
  tier_id uuid,
  pool_id uuid,
  order_id uuid,
  -- A refund, a message, a gateway event or another thing that the columns before do not name.
  subject text,
  amount integer,
  numbers jsonb,
  sentence text,
  -- Told, but neither wrong nor mended: nothing shows that anybody is owed anything.
  skipped boolean
);

-- Kept by the job `check-health`: what the whole audit of the event said, so that the platform's health reads one row
-- an event, and the health of a large event looks only at what changed since.
create table ticketing.health_checkpoints (
  event_id uuid constraint health_checkpoints_key primary key,
  checked_at timestamptz not null,
  score integer not null,
  parts jsonb not null
    -- Added up with those of all events.
    constraint checkpoint_parts_are_counts check (
      jsonb_typeof(parts) = 'object'
      and not jsonb_path_exists(parts, '$.* ? (@.type() != "number" || @ < 0 || @ > 2147483647 || @.floor() != @)')
    ),
  -- The journal was added up to here.
  entry_id bigint not null,
  -- Looked at again each time until they are well.
  faulty_orders uuid[] not null
);
create index health_checkpoints_oldest on ticketing.health_checkpoints (checked_at);
create index health_checkpoints_faulty on ticketing.health_checkpoints (event_id) where score > 0;
select venuekit.distribute('ticketing.health_checkpoints');

create table ticketing.counter_checkpoints (
  event_id uuid not null,
  -- The tier's or the pool's.
  counter_id uuid not null,
  -- Sums of the journal up to the event's `entry_id`.
  capacity integer not null,
  reserved integer not null,
  issued integer not null,
  -- What the lines said beyond the whole journal; 0 where all is well. Lines and journal move together.
  held_beyond integer not null,
  taken_beyond integer not null,
  constraint counter_checkpoints_key primary key (event_id, counter_id)
);
select venuekit.distribute('ticketing.counter_checkpoints');

-- Append-only: what a repair changed, and who asked for it.
create table ticketing.repairs (
  event_id uuid not null,
  repair_id bigint generated always as identity,
  kind text not null,
  actor text not null constraint repair_has_an_actor check (actor <> ''),
  repaired_at timestamptz not null,
  tier_id uuid,
  pool_id uuid,
  order_id uuid,
  before jsonb not null,
  after jsonb not null,
  constraint repairs_key primary key (event_id, repair_id)
);
select venuekit.distribute('ticketing.repairs');

-- What an audit looks for by event and seldom finds.
create index outbox_unsent on venuekit.outbox (event_id, created_at) where status <> 'sent';
create index refunds_to_review on ticketing.refunds (event_id) where status = 'needs_review';
create index orders_to_review on ticketing.orders (event_id) where status = 'needs_review';
create index payments_to_review on ticketing.payments (event_id) where status = 'needs_review';
create index payments_owed on ticketing.payments (event_id) where status in ('surplus', 'refund_due');
create index webhooks_dead on venuekit.webhooks (received_at) where status = 'dead';
