-- What the operations page reads: sales by period, kept so that a plot costs the same after a million tickets, and the
-- sessions of the page that were ended before their time.

-- How far each event's journal was added up, see `ticketing.roll_up_sales`.
create table ticketing.sales_checkpoints (
  event_id uuid constraint sales_checkpoints_key primary key,
  entry_id bigint not null
);
select venuekit.distribute('ticketing.sales_checkpoints');

-- Five minutes of an event's journal. Money stands in its own currency: a payment in a wrong one is money as well.
create table ticketing.sales_periods (
  event_id uuid not null,
  starts_at timestamptz not null,
  currency text not null,
  issued bigint not null,
  returned bigint not null,
  -- The difference that the period made.
  reserved bigint not null,
  taken_minor bigint not null,
  given_back_minor bigint not null,
  constraint sales_periods_key primary key (event_id, starts_at, currency)
);
select venuekit.distribute('ticketing.sales_periods');

-- The same of all events together: two months are read in 17,000 rows a currency, however many events there are.
create table venuekit.sales_periods (
  starts_at timestamptz not null,
  currency text not null,
  issued bigint not null,
  returned bigint not null,
  reserved bigint not null,
  taken_minor bigint not null,
  given_back_minor bigint not null,
  constraint all_sales_periods_key primary key (starts_at, currency)
);

-- Sessions are signed and stored nowhere; one that was logged out of stands here until it would have ended anyhow.
create table venuekit.ended_sessions (
  session_id uuid constraint ended_sessions_key primary key,
  ends_at timestamptz not null
);
create index ended_sessions_over on venuekit.ended_sessions (ends_at);

create index alerts_open on venuekit.alerts (raised_at) where resolved_at is null;
create index alerts_resolved on venuekit.alerts (resolved_at) where resolved_at is not null;
create index outbox_sent on venuekit.outbox (sent_at) where status = 'sent';
