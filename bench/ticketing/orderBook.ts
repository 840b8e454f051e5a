import type { MigratableDatabase } from '../../packages/server-kit/src/ports/database.ts'

/** `sold` and paid in the last month; `due`, whose hold ended without a checkout; `payable`, with a session attached. */
type MadeState = 'sold' | 'due' | 'payable'

export interface Batch {
  eventId: string
  tierId: string
  orders: number
  /** Places an order. */
  quantity: number
  state: MadeState
}

export const madeAccount = 'acct_bench'
export const madePriceMinor = 2500
export const sessionIdOf = (orderId: string): string => `cs_bench_${orderId}`

/**
 * Rows as the kit's functions leave them, past its triggers and foreign keys, in the order in which a season's sales of
 * all events would mingle; only the messages, long sent, are left out. An audit that finds nothing shows that they fit.
 */
const fill = `
set session_replication_role = replica;
set synchronous_commit = off;
create temp table made as
select m.*, m.state = 'sold' as sold, m.quantity * ${madePriceMinor}::bigint as total_minor,
  'cs_bench_' || m.order_id as session_id, 'pi_bench_' || m.order_id as intent_id
from (
  select b.event_id, b.tier_id, b.quantity, b.state, gen_random_uuid() as order_id, gen_random_uuid() as payment_id,
    gen_random_uuid() as attempt_id,
    clock_timestamp() - case b.state when 'sold' then interval '1 hour' + random() * interval '30 days'
      when 'due' then interval '3 minutes' + random() * interval '5 minutes' else interval '0' end as at
  from wanted b cross join lateral generate_series(1, b.orders)
) m
order by m.at;
analyze made;

insert into ticketing.order_keys (event_id, client_key, request_hash, order_id)
select event_id, gen_random_uuid()::text, md5(order_id::text) || md5(session_id), order_id from made;
insert into ticketing.orders (event_id, order_id, status, total_minor, currency, buyer_name, buyer_email, return_url,
  locale, origin, created_at, hold_expires_at, hold_ends_at, fulfilled_at)
select event_id, order_id, case when sold then 'fulfilled' else 'reserved' end::ticketing.order_status, total_minor,
  'USD', 'Ada Lovelace', 'ada+' || order_id || '@example.com', 'https://venue.example/tickets', 'en',
  '{"ip": "192.0.2.1", "keyId": "vk_pub_bench"}', at,
  case state when 'due' then at + interval '2 minutes' when 'payable' then at + interval '36 minutes' end,
  at + interval '2 hours', case when sold then at + interval '1 minute' end
from made;
insert into ticketing.order_items (event_id, order_id, line, tier_id, quantity, unit_price_minor, total_minor, counted_as)
select event_id, order_id, 1, tier_id, quantity, ${madePriceMinor}, total_minor,
  case when sold then 'issued' else 'reserved' end::ticketing.counted_as
from made;
insert into ticketing.attempts (event_id, attempt_id, order_id, status, account, mode, ui, params, expires_at, begun_at,
  attached_at, closed_at, close_reason, session_id, payment_intent_id, url)
select event_id, attempt_id, order_id, case when sold then 'closed' else 'attached' end, '${madeAccount}', 'test',
  'redirect', jsonb_build_object('mode', 'payment', 'client_reference_id', order_id), at + interval '31 minutes', at, at,
  case when sold then at + interval '1 minute' end, case when sold then 'paid' end, session_id,
  case when sold then intent_id end, 'https://pay.example/' || session_id
from made where state <> 'due';
insert into ticketing.payments (event_id, payment_id, order_id, kind, status, amount_minor, currency, account, mode,
  session_id, payment_intent_id, source, received_at)
select event_id, payment_id, order_id, 'gateway', 'applied', total_minor, 'USD', '${madeAccount}', 'test', session_id,
  intent_id, '{"kind": "webhook"}', at + interval '1 minute'
from made where sold;
insert into venuekit.gateway_objects (account, object_id, event_id, order_id, payment_id, recorded_at)
select '${madeAccount}', n.object_id, m.event_id, m.order_id, m.payment_id, m.at + interval '1 minute'
from made m cross join lateral (values (m.session_id), (m.intent_id)) n (object_id) where m.sold;
insert into ticketing.tickets (event_id, ticket_id, order_id, line, ordinal, issued_at)
select m.event_id, gen_random_uuid(), m.order_id, 1, n.ordinal, m.at + interval '1 minute'
from made m cross join lateral generate_series(1, m.quantity) n (ordinal) where m.sold;
insert into ticketing.journal (event_id, occurred_at, kind, order_id, tier_id, payment_id, reserved_delta, issued_delta,
  money_delta_minor)
select m.event_id, m.at + e.late, e.kind, m.order_id, case when e.kind <> 'payment' then m.tier_id end,
  case when e.kind = 'payment' then m.payment_id end, e.reserved * m.quantity, e.issued * m.quantity,
  case when e.kind = 'payment' then m.total_minor else 0 end
from made m cross join lateral (values
  ('reserve', interval '0', 1, 0), ('payment', interval '1 minute', 0, 0), ('issue', interval '1 minute', -1, 1)
) e (kind, late, reserved, issued)
where m.sold or e.kind = 'reserve';
update ticketing.tier_inventory i set reserved = i.reserved + s.reserved, issued = i.issued + s.issued
from (
  select event_id, tier_id, coalesce(sum(quantity) filter (where not sold), 0) as reserved,
    coalesce(sum(quantity) filter (where sold), 0) as issued
  from made group by event_id, tier_id
) s where i.event_id = s.event_id and i.tier_id = s.tier_id;`

const ticketingTables = ['order_keys', 'orders', 'order_items', 'attempts', 'payments', 'tickets', 'journal']
const filled = [...ticketingTables.map(table => `ticketing.${table}`), 'venuekit.gateway_objects']
const indexesOfFilled = `indrelid in (${filled.map(table => `'${table}'::regclass`).join(', ')})`

const fillFrom = (database: MigratableDatabase, batches: readonly Batch[]): Promise<string[]> =>
  database.withOwner(async connection => {
    await connection.exec(
      'create temp table wanted (event_id uuid, tier_id uuid, orders integer, quantity integer, state text)',
    )
    await connection.query(
      `insert into wanted select b."eventId", b."tierId", b.orders, b.quantity, b.state
       from jsonb_to_recordset($1) as b ("eventId" uuid, "tierId" uuid, orders integer, quantity integer, state text)`,
      [JSON.stringify(batches)],
    )
    await connection.exec(fill)
    const rows = await connection.query<{ order_id: string }>(`select order_id from made where state <> 'sold'`)
    return rows.map(row => row.order_id)
  })

const eachTable = async (database: MigratableDatabase, tables: string[], sql: (table: string) => string[]) => {
  const work = tables.map(table =>
    database.withOwner(async connection => {
      for (const statement of sql(table)) await connection.exec(statement)
    }),
  )
  await Promise.all(work)
}

/** Writes orders in sets, as a superuser. Answers the ids of those that are not sold. */
export const makeOrders = async (database: MigratableDatabase, batches: readonly Batch[]): Promise<string[]> => {
  const orderIds = await fillFrom(database, batches)
  await eachTable(database, [...filled, 'ticketing.tier_inventory'], table => [`vacuum analyze ${table}`])
  return orderIds
}

const writers = 3

/** The same for very many, while nobody else is at work: indexes are built afterwards, which is quicker. */
export const makeManyOrders = async (database: MigratableDatabase, batches: readonly Batch[]): Promise<void> => {
  // What is not ready is not written to, and reindexing makes it ready.
  await database.withOwner(connection =>
    connection.exec(`update pg_catalog.pg_index set indisready = false where ${indexesOfFilled}`),
  )
  const shares = Array.from({ length: writers }, (_, writer) => batches.filter((_, at) => at % writers === writer))
  await Promise.all(shares.map(share => fillFrom(database, share)))
  await eachTable(database, filled, table => [`reindex table ${table}`, `vacuum analyze ${table}`])
}
