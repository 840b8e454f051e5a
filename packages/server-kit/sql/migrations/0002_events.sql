-- Events and what they can hold. Every key leads with event_id, so that the whole set shards by event.

-- The table's step on a cluster of Citus, where it becomes one of shards by event; nothing on plain Postgres. Answers
-- whether the table is distributed. It comes after the tables that its foreign keys name. See docs/scale.md.
create function venuekit.distribute(relation regclass) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
declare
  is_distributed boolean;
begin
  if not exists (
    select from pg_catalog.pg_proc p
    where p.pronamespace = 'pg_catalog'::regnamespace and p.proname = 'create_distributed_table'
  ) then
    return false;
  end if;
  -- Names that plain Postgres does not know stand in texts alone.
  execute 'select exists (select from pg_catalog.pg_dist_partition where logicalrelid = $1)' into is_distributed using relation;
  if not is_distributed then
    -- One connection to each worker: what this transaction made before is seen by what it does next.
    perform set_config('citus.multi_shard_modify_mode', 'sequential', true);
    execute 'select pg_catalog.create_distributed_table($1, ''event_id'', colocate_with => $2)'
      using relation, case relation when 'ticketing.events'::regclass then 'none' else 'ticketing.events' end;
  end if;
  return true;
end
$$;
revoke execute on function venuekit.distribute from public;

create table ticketing.events (
  event_id uuid constraint events_key primary key,
  venue_id uuid not null,
  name text not null constraint event_name_given check (name <> ''),
  description text,
  location text,
  starts_at timestamptz not null,
  ends_at timestamptz,
  -- When the show is over for sales and late issue: its end, or half a day after a start without one.
  over_at timestamptz not null,
  time_zone text not null,
  currency text not null constraint event_currency_code check (currency ~ '^[A-Z]{3}$'),
  status text not null default 'scheduled'
    constraint event_status_known check (status in ('scheduled', 'paused', 'cancelled')),
  max_per_order integer not null constraint event_max_per_order_positive check (max_per_order >= 1),
  max_hold_seconds integer not null
    constraint event_max_hold_in_range check (max_hold_seconds between 1800 and 86400),
  delayed_payments boolean not null default false,
  -- How long a delayed payment may stay under way.
  max_pending_seconds integer not null default 1209600
    constraint event_max_pending_in_range check (max_pending_seconds between 3600 and 7776000),
  -- The body it was created from: the same id with another body is a conflict.
  created_from jsonb not null,
  created_at timestamptz not null,
  paused_or_resumed_at timestamptz,
  paused_or_resumed_by text,
  cancelled_at timestamptz,
  cancelled_by text,
  cancel_reason text,
  -- When its orders forgot where they came from; before its end where the show was put off since.
  origins_cleared_at timestamptz,
  constraint cancelled_event_has_an_actor check (
    status <> 'cancelled' or (cancelled_at is not null and cancelled_by is not null)
  ),
  constraint event_ends_after_start check (ends_at is null or ends_at >= starts_at),
  -- A list is in order of them, and a page of it must not break at one row.
  constraint event_times_finite check (isfinite(starts_at) and isfinite(over_at) and isfinite(coalesce(ends_at, over_at)))
);
create index events_cancelled on ticketing.events (cancelled_at) where status = 'cancelled';
create index events_with_origins on ticketing.events (over_at)
where origins_cleared_at is null or origins_cleared_at < over_at;
create index events_of_venue on ticketing.events (venue_id, starts_at, event_id);
select venuekit.distribute('ticketing.events');

create table ticketing.capacity_pools (
  event_id uuid not null constraint pool_of_event references ticketing.events,
  pool_id uuid not null,
  position integer not null,
  name text not null constraint pool_name_given check (name <> ''),
  constraint capacity_pools_key primary key (event_id, pool_id)
);
select venuekit.distribute('ticketing.capacity_pools');

-- Hot: every sale from the pool updates this row, so nothing references it (a foreign key to it cost half the sales).
create table ticketing.pool_inventory (
  event_id uuid not null,
  pool_id uuid not null,
  capacity integer not null,
  reserved integer not null default 0,
  issued integer not null default 0,
  constraint pool_inventory_key primary key (event_id, pool_id),
  constraint inventory_of_pool foreign key (event_id, pool_id) references ticketing.capacity_pools,
  constraint pool_quantities_non_negative check (least(reserved, issued) >= 0),
  constraint pool_issued_not_exceeds_capacity check (issued <= capacity),
  constraint pool_total_not_exceeds_capacity check (reserved + issued <= capacity)
) with (fillfactor = 10);
select venuekit.distribute('ticketing.pool_inventory');

-- Static: order lines reference it. A price change touches no key, so it waits for no sale.
create table ticketing.tiers (
  event_id uuid not null constraint tier_of_event references ticketing.events,
  tier_id uuid not null,
  position integer not null,
  name text not null constraint tier_name_given check (name <> ''),
  description text,
  price_minor bigint not null constraint tier_price_not_negative check (price_minor >= 0),
  max_per_order integer not null constraint tier_max_per_order_positive check (max_per_order >= 1),
  sales_start_at timestamptz,
  sales_end_at timestamptz,
  pool_id uuid,
  constraint tiers_key primary key (event_id, tier_id),
  constraint pool_of_tier foreign key (event_id, pool_id) references ticketing.capacity_pools,
  constraint tier_sales_end_after_start check (sales_end_at > sales_start_at)
);
select venuekit.distribute('ticketing.tiers');

-- Hot, like pool_inventory.
create table ticketing.tier_inventory (
  event_id uuid not null,
  tier_id uuid not null,
  capacity integer not null,
  reserved integer not null default 0,
  issued integer not null default 0,
  constraint tier_inventory_key primary key (event_id, tier_id),
  constraint inventory_of_tier foreign key (event_id, tier_id) references ticketing.tiers,
  constraint check_quantities_non_negative check (least(reserved, issued) >= 0),
  constraint check_issued_not_exceeds_capacity check (issued <= capacity),
  constraint check_total_not_exceeds_capacity check (reserved + issued <= capacity)
) with (fillfactor = 10);
select venuekit.distribute('ticketing.tier_inventory');

-- Append-only deltas of every counter and of money: their sum is the counter. No running balance.
create table ticketing.journal (
  event_id uuid not null,
  entry_id bigint generated always as identity,
  occurred_at timestamptz not null,
  kind text not null,
  order_id uuid,
  tier_id uuid,
  pool_id uuid,
  payment_id uuid,
  capacity_delta integer not null default 0,
  reserved_delta integer not null default 0,
  issued_delta integer not null default 0,
  money_delta_minor bigint not null default 0,
  actor text,
  constraint journal_key primary key (event_id, entry_id),
  constraint journal_entry_about_one_thing check (num_nonnulls(tier_id, pool_id, payment_id) = 1)
);
select venuekit.distribute('ticketing.journal');

-- One change of the counters, as `ticketing.move_places` takes them.
create type ticketing.place_move as (order_id uuid, tier_id uuid, pool_id uuid, reserved integer, issued integer);
