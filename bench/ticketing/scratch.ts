import type { Database, MigratableDatabase, SqlFunctionName } from '../../packages/server-kit/src/ports/database.ts'

/**
 * What the kit is measured against, beside it in the same database: a bare durable UPDATE, a bare scan, and two other
 * ways of taking capacity. Both others do less than a reservation does (one row an order, no journal, no key, no price)
 * and commit as asynchronously as it does.
 */
const schema = `
create schema bench;
grant usage on schema bench to venuekit_app;

create table bench.counter (id integer primary key, n bigint not null) with (fillfactor = 10);
insert into bench.counter values (1, 0);

create table bench.lock_orders (
  order_id uuid primary key, tier_id uuid not null, quantity integer not null, created_at timestamptz not null
);
create index lock_orders_of_tier on bench.lock_orders (tier_id) include (quantity);

create table bench.places (
  tier_id uuid not null, place integer not null, order_id uuid, primary key (tier_id, place)
) with (fillfactor = 50);
create index places_free on bench.places (tier_id, place) where order_id is null;
create table bench.place_orders (order_id uuid primary key, created_at timestamptz not null);

create function bench.bare_update() returns jsonb language sql volatile security definer set search_path = '' as $$
  update bench.counter set n = n + 1 where id = 1 returning 'true'::jsonb
$$;

create function bench.scan_event(event_id uuid) returns jsonb language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return jsonb_build_array(
    (select count(k.code_version) from ticketing.tickets k where k.event_id = scan_event.event_id),
    (select count(i.quantity) from ticketing.order_items i where i.event_id = scan_event.event_id),
    (select count(o.total_minor) from ticketing.orders o where o.event_id = scan_event.event_id),
    (select count(j.kind) from ticketing.journal j where j.event_id = scan_event.event_id));
end
$$;

create function bench.scan_all() returns jsonb language plpgsql security definer set search_path = ''
set max_parallel_workers_per_gather = 0 as $$
begin
  return jsonb_build_array(
    (select count(k.code_version) from ticketing.tickets k), (select count(i.quantity) from ticketing.order_items i),
    (select count(o.total_minor) from ticketing.orders o), (select count(j.kind) from ticketing.journal j));
end
$$;

create function bench.reserve_by_sum(tier_id uuid, order_id uuid, capacity integer) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
begin
  perform set_config('synchronous_commit', 'off', true);
  perform pg_advisory_xact_lock(hashtextextended(reserve_by_sum.tier_id::text, 0));
  if (select coalesce(sum(o.quantity), 0) + 1 > reserve_by_sum.capacity from bench.lock_orders o
      where o.tier_id = reserve_by_sum.tier_id) then
    return '{"outcome": "sold_out"}';
  end if;
  insert into bench.lock_orders values (reserve_by_sum.order_id, reserve_by_sum.tier_id, 1, clock_timestamp());
  return '{"outcome": "reserved"}';
end
$$;

create function bench.reserve_by_place(tier_id uuid, order_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
begin
  perform set_config('synchronous_commit', 'off', true);
  insert into bench.place_orders values (reserve_by_place.order_id, clock_timestamp());
  update bench.places p set order_id = reserve_by_place.order_id
  where p.tier_id = reserve_by_place.tier_id and p.place = (
    select f.place from bench.places f
    where f.tier_id = reserve_by_place.tier_id and f.order_id is null
    order by f.place limit 1 for update skip locked);
  if not found then
    raise exception 'no place is free';
  end if;
  return '{"outcome": "reserved"}';
end
$$;

grant execute on all functions in schema bench to venuekit_app;
`

/** Fills both other ways up to `sold` places of one tier, with `free` more to sell. */
const otherTiers = (tierId: string, sold: number, free: number): string => `
insert into bench.lock_orders
select gen_random_uuid(), '${tierId}', 1, clock_timestamp() from generate_series(1, ${sold});
insert into bench.places
select '${tierId}', n, case when n <= ${sold} then gen_random_uuid() end from generate_series(1, ${sold + free}) n;
`

export interface Scratch {
  bareUpdate(): Promise<unknown>
  /** Reads all that an audit of the event must read. */
  scanEvent(eventId: string): Promise<unknown>
  scanAll(): Promise<unknown>
  /** Advisory lock, SUM of what is sold, insert. */
  reserveBySum(): Promise<unknown>
  /** One row a place, taken with SKIP LOCKED. */
  reserveByPlace(): Promise<unknown>
}

export const openScratch = async (
  owner: MigratableDatabase,
  database: Database,
  { sold, free }: { sold: number; free: number },
): Promise<Scratch> => {
  const tierId = crypto.randomUUID()
  await owner.withOwner(async connection => {
    await connection.exec(schema)
    await connection.exec(otherTiers(tierId, sold, free))
    for (const table of ['counter', 'lock_orders', 'places', 'place_orders'])
      await connection.exec(`vacuum analyze bench.${table}`)
  })
  // Functions of this scratch schema are not in the kit's table of SQL functions.
  const call = (name: string, args: Record<string, unknown> = {}): Promise<unknown> =>
    database.call(`bench.${name}` as SqlFunctionName, args as never)
  return {
    bareUpdate: () => call('bare_update'),
    scanEvent: eventId => call('scan_event', { event_id: eventId }),
    scanAll: () => call('scan_all'),
    reserveBySum: () =>
      call('reserve_by_sum', { tier_id: tierId, order_id: crypto.randomUUID(), capacity: sold + free }),
    reserveByPlace: () => call('reserve_by_place', { tier_id: tierId, order_id: crypto.randomUUID() }),
  }
}
