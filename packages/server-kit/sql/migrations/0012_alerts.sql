-- Alerts and who was told of them: what is wrong is one row, what each sink was told of it another, so that one sink
-- that is down neither delays nor doubles the others.

drop index venuekit.alerts_unsent;
drop index venuekit.alerts_over;
alter table venuekit.alerts
  drop column sent_at,
  drop column due_at,
  drop column tries,
  drop column leased_by,
  drop column leased_until,
  drop column last_error,
  -- A fact that is told once, and over at once.
  add column once boolean not null default false,
  -- Whether sinks are to hear of this opening: not while the host has its kind switched off.
  add column told boolean not null default false,
  -- How often it has opened.
  add column episode integer not null default 1 constraint alert_episode_positive check (episode >= 1),
  -- How much is wrong, in what the kind counts.
  add column amount integer not null default 1;

-- Where alerts go. Rows come with the first question of a node that has such a sink.
create table venuekit.alert_sinks (
  sink text constraint alert_sinks_key primary key,
  -- A sink that no node has asked for in a week is not configured any more: nothing new is owed to it.
  asked_at timestamptz not null,
  -- While it is down it is left alone until then, whatever is owed to it.
  retry_at timestamptz,
  -- Since its first failure after the last success.
  failing_since timestamptz,
  failures integer not null default 0 constraint sink_failures_not_negative check (failures >= 0),
  last_error text
);

create table venuekit.alert_deliveries (
  sink text not null constraint delivery_to_sink references venuekit.alert_sinks on delete cascade,
  fingerprint text not null constraint delivery_of_alert references venuekit.alerts on delete cascade,
  -- To be looked at once `due_at` has come: a message may be due then.
  owed boolean not null default true,
  due_at timestamptz not null,
  -- What it was told last, and of which opening; null before the first message.
  told text constraint delivery_told_known check (told in ('raised', 'resolved')),
  told_episode integer,
  told_amount integer,
  -- When it took the last message that was not a resolved one: the cool-down runs from here.
  told_at timestamptz,
  -- When it took the last message of any news; those of one message have the same moment.
  sent_at timestamptz,
  tries integer not null default 0 constraint delivery_tries_not_negative check (tries >= 0),
  leased_by text,
  leased_until timestamptz,
  last_error text,
  constraint alert_deliveries_key primary key (sink, fingerprint),
  constraint told_delivery_says_what check ((told is null) = (told_episode is null))
);
create index alert_deliveries_due on venuekit.alert_deliveries (sink, due_at) where owed;
create index alert_deliveries_sent on venuekit.alert_deliveries (sink, sent_at) where sent_at is not null;
create index alert_deliveries_of_alert on venuekit.alert_deliveries (fingerprint);

-- The last look at something that is watched, by the scope with which fingerprints of its alerts begin.
create table venuekit.alert_looks (
  scope text constraint alert_looks_key primary key,
  looked_at timestamptz not null
);

-- Webhooks whose signature was wrong, by minute: a count, and nothing of what they said.
create table venuekit.signature_failures (
  gateway text not null,
  minute timestamptz not null,
  failures integer not null constraint signature_failures_positive check (failures >= 1),
  constraint signature_failures_key primary key (gateway, minute)
);

-- What the watch asks every few minutes, whatever the tables have grown to.
create index webhooks_received on venuekit.webhooks (received_at);
create index attempts_closed on ticketing.attempts (closed_at) where closed_at is not null;
create index refunds_open on ticketing.refunds (requested_at) where status in ('requested', 'unknown');
