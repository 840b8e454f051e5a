-- Who changed what of an event that is on sale: append-only. Capacities stand in the journal, with their actor.
create table ticketing.event_changes (
  event_id uuid not null,
  change_id bigint generated always as identity,
  changed_at timestamptz not null,
  actor text not null constraint event_change_has_an_actor check (actor <> ''),
  -- Null for the event itself.
  tier_id uuid,
  -- The columns that changed, as they were and as they are.
  before jsonb not null,
  after jsonb not null,
  constraint event_changes_key primary key (event_id, change_id)
);
select venuekit.distribute('ticketing.event_changes');
