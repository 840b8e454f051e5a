-- Orders, their attempts, money and tickets.
--
-- Rows are found by (event_id, order_id, ...): the primary keys begin so, and no other full index of a table begins with
-- event_id alone. Before the first analyze a planner takes the one for the other, reads the whole event for one order,
-- and a fresh tier's first minute of sales grew slower by each sale (2.4 ms after 4,000, 6.2 ms after 8,000).

-- Types and not checks where every sale writes them: a check of nine words costs 19 microseconds a row, a type nothing.
create type ticketing.order_status as enum (
  'reserved', 'expiring', 'payment_pending', 'fulfilled', 'expired', 'cancelled', 'needs_review', 'refund_due', 'refunded'
);
create type ticketing.order_kind as enum ('sale', 'comp', 'door');
create type ticketing.release_reason as enum ('expired', 'cancelled');
create type ticketing.counted_as as enum ('none', 'reserved', 'issued');

-- Domains and not checks for the same reason, where the check is about one column: Postgres keeps a domain's in mind and
-- reads a table's anew from its text in each statement. The checks that stay are worth their letters.
create domain ticketing.order_total as bigint constraint order_total_not_negative check (value >= 0);
create domain ticketing.line_quantity as integer constraint item_quantity_in_range check (value between 1 and 1000);
create domain ticketing.returned_places as integer constraint item_returned_not_negative check (value >= 0);

-- One line of a cart with what its tier says of it, as `ticketing.reserve_order` reads it: `maximum` where it asks for
-- more than the tier allows.
create type ticketing.cart_line as (
  tier_id uuid, pool_id uuid, name text, quantity integer, price_minor bigint, total_minor bigint, is_closed boolean,
  maximum integer, is_full boolean
);

-- What a client key was used for: the same key with the same hash is the same order.
create table ticketing.order_keys (
  event_id uuid not null,
  client_key text not null,
  request_hash text not null,
  order_id uuid not null,
  constraint order_keys_key primary key (event_id, client_key)
);
select venuekit.distribute('ticketing.order_keys');

-- No foreign key to events: that row would be locked by every sale, and each line references a tier of the event.
create table ticketing.orders (
  event_id uuid not null,
  order_id uuid not null,
  kind ticketing.order_kind not null default 'sale',
  status ticketing.order_status not null default 'reserved',
  total_minor ticketing.order_total not null,
  -- The event's.
  currency text not null,
  buyer_name text not null,
  buyer_email text not null,
  return_url text,
  locale text,
  -- Which key, address and campaign it came from; cleared a while after the show, see docs/retention.md.
  origin jsonb,
  token_version integer not null default 1,
  created_at timestamptz not null,
  hold_expires_at timestamptz,
  -- No session prolongs the hold beyond this.
  hold_ends_at timestamptz not null,
  -- What an expiring order becomes once its places are released.
  release_reason ticketing.release_reason,
  reason text,
  reviewed_by text,
  fulfilled_at timestamptz,
  released_at timestamptz,
  purchase_claimed_at timestamptz,
  -- When the cancelling of the show reached this order.
  called_off_at timestamptz,
  constraint orders_key primary key (event_id, order_id),
  constraint hold_has_an_end check (hold_expires_at is not null or status > 'expiring')
);
create index orders_held on ticketing.orders (event_id, hold_expires_at) where status in ('reserved', 'expiring');
-- One number for event and address, and another condition than the index of holds: else a planner that knows nothing
-- yet takes that one and reads all holds of the event.
create index orders_held_by_buyer on ticketing.orders (
  hashtextextended(event_id::text || ' ' || lower(buyer_email), 0)
) where hold_expires_at is not null;
-- What the fence ends: found among all holds, each batch of 200 read every one of them again (half its time at 50,000).
create index orders_expiring on ticketing.orders (event_id, order_id) where status = 'expiring';
create index orders_pending on ticketing.orders (event_id, hold_expires_at) where status = 'payment_pending';
create index orders_of_buyer on ticketing.orders (event_id, lower(buyer_email)) where status = 'fulfilled';
select venuekit.distribute('ticketing.orders');

create table ticketing.order_items (
  event_id uuid not null,
  order_id uuid not null,
  line integer not null,
  tier_id uuid not null,
  pool_id uuid,
  quantity ticketing.line_quantity not null,
  unit_price_minor bigint not null,
  total_minor bigint not null,
  -- What the line contributes to the counters; each change of state moves exactly the rest.
  counted_as ticketing.counted_as not null,
  -- Places given back by refunds.
  returned ticketing.returned_places not null default 0,
  constraint order_items_key primary key (event_id, order_id, line),
  constraint tier_once_per_order unique (event_id, order_id, tier_id),
  constraint item_of_order foreign key (event_id, order_id) references ticketing.orders,
  constraint item_of_tier foreign key (event_id, tier_id) references ticketing.tiers,
  constraint item_of_pool foreign key (event_id, pool_id) references ticketing.capacity_pools,
  constraint item_total_is_price_times_quantity check (total_minor = unit_price_minor * quantity),
  constraint item_returned_in_range check (returned <= quantity)
);
select venuekit.distribute('ticketing.order_items');

create table ticketing.attempts (
  event_id uuid not null,
  attempt_id uuid not null,
  order_id uuid not null,
  status text not null default 'begun' constraint attempt_status_known check (status in ('begun', 'attached', 'closed')),
  account text not null,
  mode text not null constraint attempt_mode_known check (mode in ('live', 'test')),
  ui text not null constraint attempt_ui_known check (ui in ('redirect', 'embedded')),
  -- The gateway request's body, verbatim: a retry sends it again under the same idempotency key.
  params jsonb not null,
  expires_at timestamptz not null,
  begun_at timestamptz not null,
  attached_at timestamptz,
  closed_at timestamptz,
  close_reason text,
  session_id text,
  payment_intent_id text,
  url text,
  client_secret text,
  constraint attempts_key primary key (event_id, order_id, attempt_id),
  constraint attempt_of_order foreign key (event_id, order_id) references ticketing.orders,
  constraint attached_attempt_has_session check (status <> 'attached' or session_id is not null),
  constraint closed_attempt_has_reason check (status <> 'closed' or (closed_at is not null and close_reason is not null))
);
create unique index one_live_attempt_per_order on ticketing.attempts (event_id, order_id) where status <> 'closed';
create unique index session_attached_once on ticketing.attempts (event_id, account, session_id)
where session_id is not null;
create index attempts_open on ticketing.attempts (event_id, begun_at) where status <> 'closed';
-- Given up while a delayed payment was under way: the daily comparison looks whether it came after all.
create index attempts_given_up on ticketing.attempts (closed_at)
where close_reason in ('pending_too_long', 'event_cancelled');
select venuekit.distribute('ticketing.attempts');

create table ticketing.payments (
  event_id uuid not null,
  payment_id uuid not null,
  order_id uuid not null,
  kind text not null constraint payment_kind_known check (kind in ('gateway', 'external')),
  status text not null constraint payment_status_known check (
    status in ('applied', 'surplus', 'refund_due', 'refunded', 'needs_review')
  ),
  amount_minor bigint not null constraint payment_amount_not_negative check (amount_minor >= 0),
  currency text not null constraint payment_currency_code check (currency ~ '^[A-Z]{3}$'),
  account text,
  mode text,
  session_id text,
  payment_intent_id text,
  method text,
  reference text,
  -- Which path brought it: webhook, return, sweeper ...
  source jsonb not null,
  reason text,
  refunded_minor bigint not null default 0,
  refund_reserved_minor bigint not null default 0,
  received_at timestamptz not null,
  constraint payments_key primary key (event_id, order_id, payment_id),
  constraint payment_of_order foreign key (event_id, order_id) references ticketing.orders,
  constraint refunds_not_exceed_payment check (
    refunded_minor >= 0 and refund_reserved_minor >= 0 and refunded_minor + refund_reserved_minor <= amount_minor
  ),
  constraint gateway_payment_names_its_object check (
    kind <> 'gateway'
    or (account is not null and mode is not null and num_nonnulls(session_id, payment_intent_id) > 0)
  ),
  constraint external_payment_names_its_method check (kind <> 'external' or method is not null)
);
create unique index one_applied_payment_per_order on ticketing.payments (event_id, order_id) where status = 'applied';
select venuekit.distribute('ticketing.payments');

create table ticketing.tickets (
  event_id uuid not null,
  ticket_id uuid not null,
  order_id uuid not null,
  line integer not null,
  ordinal integer not null constraint ticket_ordinal_positive check (ordinal >= 1),
  status text not null default 'valid' constraint ticket_status_known check (status in ('valid', 'blocked', 'void')),
  void_reason text,
  code_version integer not null default 1 constraint ticket_code_version_positive check (code_version >= 1),
  issued_at timestamptz not null,
  voided_at timestamptz,
  constraint one_ticket_per_place primary key (event_id, order_id, line, ordinal),
  constraint ticket_of_item foreign key (event_id, order_id, line) references ticketing.order_items,
  constraint void_ticket_has_a_reason check (status <> 'void' or void_reason is not null)
);
-- Partial only so that no search by order takes it; a search by ticket says `ordinal > 0` as well.
create unique index ticket_id_once on ticketing.tickets (event_id, ticket_id) where ordinal > 0;
-- What doors without a network are told: few, so this costs a sale nothing.
create index tickets_revoked on ticketing.tickets (event_id, ticket_id) where status <> 'valid' or code_version > 1;
select venuekit.distribute('ticketing.tickets');

-- Every scan of a ticket of the event, and what the door was told: the same nonce is told the same again.
create table ticketing.check_ins (
  event_id uuid not null,
  nonce uuid not null,
  ticket_id uuid not null,
  order_id uuid not null,
  line integer not null,
  ordinal integer not null,
  code_version integer not null,
  outcome text not null constraint check_in_outcome_known check (
    outcome in ('admitted', 'already_checked_in', 'void', 'blocked', 'superseded', 'event_cancelled')
  ),
  gate text,
  device text,
  -- By the clock of a door that was offline, which let the visitor in; null where the door asked first.
  scanned_at timestamptz,
  recorded_at timestamptz not null,
  answer jsonb not null,
  undone_at timestamptz,
  undone_by text,
  undo_reason text,
  constraint check_ins_key primary key (event_id, nonce),
  constraint check_in_of_ticket foreign key (event_id, order_id, line, ordinal) references ticketing.tickets,
  constraint undone_check_in_has_an_actor check ((undone_at is null) = (coalesce(undone_by, '') = '')),
  constraint only_an_admission_is_undone check (undone_at is null or outcome = 'admitted')
);
create unique index admitted_once on ticketing.check_ins (event_id, ticket_id)
where outcome = 'admitted' and undone_at is null;
create index check_ins_in_conflict on ticketing.check_ins (event_id, recorded_at)
where scanned_at is not null and outcome <> 'admitted';
select venuekit.distribute('ticketing.check_ins');

-- A refund is a row before it is a call; its id is the idempotency key.
create table ticketing.refunds (
  event_id uuid not null,
  refund_id uuid not null,
  payment_id uuid not null,
  order_id uuid not null,
  amount_minor bigint not null constraint refund_amount_positive check (amount_minor > 0),
  currency text not null constraint refund_currency_code check (currency ~ '^[A-Z]{3}$'),
  status text not null default 'requested' constraint refund_status_known check (
    status in ('requested', 'unknown', 'pending', 'succeeded', 'failed', 'cancelled', 'needs_review')
  ),
  origin text not null constraint refund_origin_known check (origin in ('automatic', 'admin', 'mass', 'gateway')),
  actor text,
  reason text,
  -- What was asked for, to tell a repeated request from another one under the same id.
  request jsonb,
  gateway_refund_id text,
  -- The mail that tells of it: its version in the outbox.
  message_version integer,
  tries integer not null default 0,
  requested_at timestamptz not null,
  next_try_at timestamptz,
  leased_by text,
  -- Under this key the gateway may be asked again for 23 hours from here; then only after looking for it.
  first_sent_at timestamptz,
  -- Null while it is open, and while it is under review because its payment has no room for it.
  finished_at timestamptz,
  last_error text,
  constraint refunds_key primary key (event_id, order_id, refund_id),
  constraint refund_of_payment foreign key (event_id, order_id, payment_id) references ticketing.payments
);
create unique index refund_id_once on ticketing.refunds (event_id, refund_id) where amount_minor > 0;
create unique index gateway_refund_once on ticketing.refunds (event_id, gateway_refund_id)
where gateway_refund_id is not null;
create index refunds_waiting on ticketing.refunds (event_id, next_try_at, refund_id) where status in ('requested', 'unknown', 'pending');
select venuekit.distribute('ticketing.refunds');

create table ticketing.refund_tickets (
  event_id uuid not null,
  order_id uuid not null,
  refund_id uuid not null,
  line integer not null,
  ordinal integer not null,
  constraint refund_tickets_key primary key (event_id, order_id, refund_id, line, ordinal),
  constraint ticket_of_refund foreign key (event_id, order_id, refund_id) references ticketing.refunds,
  constraint refunded_ticket foreign key (event_id, order_id, line, ordinal) references ticketing.tickets
);
select venuekit.distribute('ticketing.refund_tickets');

create table ticketing.disputes (
  event_id uuid not null,
  gateway_dispute_id text not null,
  payment_id uuid not null,
  order_id uuid not null,
  amount_minor bigint not null constraint dispute_amount_not_negative check (amount_minor >= 0),
  currency text not null constraint dispute_currency_code check (currency ~ '^[A-Z]{3}$'),
  -- The gateway's own word; unknown ones are kept as they come.
  status text not null,
  state text not null constraint dispute_state_known check (state in ('inquiry', 'open', 'won', 'lost', 'unknown')),
  -- What the journal holds against the payment for it: its amount from the opening on, 0 once won.
  counted_minor bigint not null default 0
    constraint dispute_counted_once check (counted_minor in (0, amount_minor)),
  opened_at timestamptz not null,
  closed_at timestamptz,
  constraint disputes_key primary key (event_id, order_id, gateway_dispute_id),
  constraint dispute_of_payment foreign key (event_id, order_id, payment_id) references ticketing.payments
);
create index disputes_of_payment on ticketing.disputes (event_id, payment_id);
create unique index dispute_id_once on ticketing.disputes (event_id, gateway_dispute_id) where amount_minor >= 0;
select venuekit.distribute('ticketing.disputes');
