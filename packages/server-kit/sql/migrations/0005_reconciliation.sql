-- The daily comparison with the gateway, and money at the gateway that no order of ours explains.

create table venuekit.reconciliations (
  run_id uuid constraint reconciliations_key primary key,
  account text not null,
  -- The job's own run: the end of the newest finished one is the checkpoint of the next.
  scheduled boolean not null,
  window_from timestamptz not null,
  window_until timestamptz not null,
  status text not null default 'running' constraint reconciliation_status_known check (status in ('running', 'finished')),
  -- How far it came: the step at work, and the last object of its list that was dealt with.
  step text,
  cursor text,
  report jsonb not null default '{}',
  worker text not null,
  started_at timestamptz not null,
  touched_at timestamptz not null,
  finished_at timestamptz,
  constraint reconciliation_window_runs_forward check (window_until >= window_from)
);
create unique index one_scheduled_reconciliation on venuekit.reconciliations (account)
where scheduled and status = 'running';
create unique index one_reconciliation_of_window on venuekit.reconciliations (account, window_from, window_until)
where status = 'running';
create index reconciliations_checkpoint on venuekit.reconciliations (account, window_until)
where scheduled and status = 'finished';

-- What a run has dealt with already, such as `payment:<id>`; gone when it ends.
create table venuekit.reconciliation_marks (
  run_id uuid not null constraint mark_of_reconciliation references venuekit.reconciliations on delete cascade,
  subject text not null,
  constraint reconciliation_marks_key primary key (run_id, subject)
);

-- A paid session whose order is not here. Ids as its metadata says them, so no foreign keys.
create table venuekit.orphan_payments (
  account text not null,
  session_id text not null,
  payment_intent_id text,
  event_id uuid not null,
  order_id uuid not null,
  amount_minor bigint not null constraint orphan_amount_not_negative check (amount_minor >= 0),
  currency text not null constraint orphan_currency_code check (currency ~ '^[A-Z]{3}$'),
  -- waiting for its order; claimed once that came; review: a person decides; refunding and refunded: it goes back.
  status text not null default 'waiting'
    constraint orphan_status_known check (status in ('waiting', 'claimed', 'review', 'refunding', 'refunded', 'settled')),
  first_seen_at timestamptz not null,
  due_at timestamptz not null,
  ended_at timestamptz,
  note text,
  constraint orphan_payments_key primary key (account, session_id)
);
create index orphan_payments_due on venuekit.orphan_payments (due_at) where status in ('waiting', 'review', 'refunding');

-- The payments of a window, whatever their events.
create index gateway_payments_received on ticketing.payments (received_at) where kind = 'gateway';
