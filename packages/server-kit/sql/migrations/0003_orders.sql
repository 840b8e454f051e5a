-- Orders, their attempts, money and tickets.

create table ticketing.orders (
  event_id uuid not null constraint order_of_event references ticketing.events,
  order_id uuid not null,
  kind text not null default 'sale' constraint order_kind_known check (kind in ('sale', 'comp', 'door')),
  client_key text not null,
  request_hash text not null,
  status text not null default 'reserved' constraint order_status_known check (
    status in (
      'reserved', 'expiring', 'payment_pending', 'fulfilled', 'expired', 'cancelled',
      'needs_review', 'refund_due', 'refunded'
    )
  ),
  total_minor bigint not null constraint order_total_not_negative check (total_minor >= 0),
  currency text not null constraint order_currency_code check (currency ~ '^[A-Z]{3}$'),
  buyer_name text not null,
  buyer_email text not null,
  return_url text,
  locale text,
  -- Where the hold came from, for the hoarding limits.
  origin jsonb,
  token_version integer not null default 1 constraint order_token_version_positive check (token_version >= 1),
  created_at timestamptz not null,
  hold_expires_at timestamptz,
  -- No session prolongs the hold beyond this.
  hold_ends_at timestamptz not null,
  -- What an expiring order becomes once its places are released.
  release_reason text constraint order_release_reason_known check (release_reason in ('expired', 'cancelled')),
  reason text,
  reviewed_by text,
  fulfilled_at timestamptz,
  released_at timestamptz,
  purchase_claimed_at timestamptz,
  -- When the cancelling of the show reached this order.
  called_off_at timestamptz,
  constraint orders_key primary key (event_id, order_id),
  constraint order_client_key_once unique (event_id, client_key),
  constraint hold_has_an_end check (status not in ('reserved', 'expiring') or hold_expires_at is not null),
  constraint expiring_order_has_a_reason check (status not in ('expiring', 'cancelled') or release_reason is not null),
  constraint fulfilled_order_has_its_time check (status <> 'fulfilled' or fulfilled_at is not null),
  constraint comp_costs_nothing check (kind <> 'comp' or total_minor = 0)
);
create index orders_held on ticketing.orders (event_id, hold_expires_at) where status in ('reserved', 'expiring');
create index orders_pending on ticketing.orders (event_id, hold_expires_at) where status = 'payment_pending';
create index orders_of_buyer on ticketing.orders (event_id, lower(buyer_email)) where status = 'fulfilled';

create table ticketing.order_items (
  event_id uuid not null,
  order_id uuid not null,
  line integer not null constraint item_line_positive check (line >= 1),
  tier_id uuid not null,
  pool_id uuid,
  quantity integer not null constraint item_quantity_in_range check (quantity between 1 and 1000),
  unit_price_minor bigint not null constraint item_price_not_negative check (unit_price_minor >= 0),
  total_minor bigint not null,
  -- What the line contributes to the counters; each change of state moves exactly the rest.
  counted_as text not null constraint item_counted_as_known check (counted_as in ('none', 'reserved', 'issued')),
  -- Places given back by refunds.
  returned integer not null default 0,
  constraint order_items_key primary key (event_id, order_id, line),
  constraint tier_once_per_order unique (event_id, order_id, tier_id),
  constraint item_of_order foreign key (event_id, order_id) references ticketing.orders,
  constraint item_of_tier foreign key (event_id, tier_id) references ticketing.tiers,
  constraint item_of_pool foreign key (event_id, pool_id) references ticketing.capacity_pools,
  constraint item_total_is_price_times_quantity check (total_minor = unit_price_minor * quantity),
  constraint item_returned_in_range check (returned between 0 and quantity)
);

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
  constraint attempts_key primary key (event_id, attempt_id),
  constraint attempt_of_order foreign key (event_id, order_id) references ticketing.orders,
  constraint attached_attempt_has_session check (status <> 'attached' or session_id is not null),
  constraint closed_attempt_has_reason check (status <> 'closed' or (closed_at is not null and close_reason is not null))
);
create unique index one_live_attempt_per_order on ticketing.attempts (event_id, order_id) where status <> 'closed';
create unique index session_attached_once on ticketing.attempts (event_id, account, session_id);
create index attempts_of_order on ticketing.attempts (event_id, order_id, begun_at);

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
  -- Which path brought it: webhook, return, sweeper …
  source jsonb not null,
  reason text,
  refunded_minor bigint not null default 0,
  refund_reserved_minor bigint not null default 0,
  received_at timestamptz not null,
  constraint payments_key primary key (event_id, payment_id),
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
create index payments_of_order on ticketing.payments (event_id, order_id);

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
  constraint tickets_key primary key (event_id, ticket_id),
  constraint one_ticket_per_place unique (event_id, order_id, line, ordinal),
  constraint ticket_of_item foreign key (event_id, order_id, line) references ticketing.order_items,
  constraint void_ticket_has_a_reason check (status <> 'void' or void_reason is not null)
);

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
  gateway_refund_id text,
  -- The mail that tells of it: its version in the outbox.
  message_version integer,
  tries integer not null default 0,
  requested_at timestamptz not null,
  next_try_at timestamptz,
  leased_by text,
  -- Under this key the gateway may be asked again for 23 hours from here; then only after looking for it.
  first_sent_at timestamptz,
  finished_at timestamptz,
  last_error text,
  constraint refunds_key primary key (event_id, refund_id),
  constraint refund_of_payment foreign key (event_id, payment_id) references ticketing.payments,
  constraint refund_of_order foreign key (event_id, order_id) references ticketing.orders,
  constraint gateway_refund_once unique (event_id, gateway_refund_id)
);
create index refunds_of_payment on ticketing.refunds (event_id, payment_id);
create index refunds_waiting on ticketing.refunds (event_id, next_try_at) where status in ('requested', 'unknown', 'pending');

create table ticketing.refund_tickets (
  event_id uuid not null,
  refund_id uuid not null,
  ticket_id uuid not null,
  constraint refund_tickets_key primary key (event_id, refund_id, ticket_id),
  constraint ticket_of_refund foreign key (event_id, refund_id) references ticketing.refunds,
  constraint refund_of_ticket foreign key (event_id, ticket_id) references ticketing.tickets
);

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
  constraint disputes_key primary key (event_id, gateway_dispute_id),
  constraint dispute_of_payment foreign key (event_id, payment_id) references ticketing.payments,
  constraint dispute_of_order foreign key (event_id, order_id) references ticketing.orders
);
create index disputes_of_payment on ticketing.disputes (event_id, payment_id);
