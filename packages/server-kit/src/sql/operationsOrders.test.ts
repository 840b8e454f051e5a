import { afterAll, beforeAll, expect, test } from 'vitest'
import { alert, event, eventId, jobRun, order, refund, run, sink, tier, tierCounter } from '../testing/bareRows.ts'
import { type BareTables, dayOf, idOf, none, type OrderCase, only, openBareTables } from '../testing/bareTables.ts'

let tables: BareTables
beforeAll(async () => {
  tables = await openBareTables()
}, 60_000)
afterAll(() => tables.database.close())

const path = (call: string, found: string) => `select jsonb_path_query_array(${call}, '$.${found}') as ids`
/** Those that the call wrote, as they lie in the table. */
const written = (table: string, column: string) => `select jsonb_agg(${column} order by ctid) as ids from ${table}`
/** As it is inserted: the day of the suite's beginning may be over. */
const now = (): string => new Date().toISOString()
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()

const line = (rank: number) => ({ event_id: eventId, order_id: eventId, line: rank + 1 })
const item = (rank: number) => ({
  ...line(rank),
  tier_id: idOf(rank),
  quantity: 1,
  unit_price_minor: 1000,
  total_minor: 1000,
  counted_as: 'issued',
})
const ticket = (rank: number) => ({ ...line(rank), ticket_id: idOf(rank), ordinal: 1, issued_at: dayOf(0) })
const voidTicket = (rank: number) => ({
  ...ticket(rank),
  status: 'void',
  void_reason: 'refunded',
  voided_at: dayOf(0),
})
const checkIn = (rank: number) => ({
  ...line(rank),
  nonce: idOf(rank),
  ticket_id: idOf(rank),
  ordinal: 1,
  code_version: 1,
  outcome: 'admitted',
  gate: `${rank}`,
  recorded_at: dayOf(0),
  answer: {},
})
const entry = (rank: number) => ({
  event_id: eventId,
  entry_id: rank + 1,
  occurred_at: dayOf(rank),
  kind: 'issue',
  tier_id: idOf(0),
  issued_delta: 1,
})
const period = { issued: 0, returned: 0, reserved: 0, taken_minor: 0, given_back_minor: 0 }
const inCurrencies = (change: object) => (rank: number) => ({
  ...period,
  ...change,
  starts_at: now(),
  currency: `AA${rank}`,
})
const sales = "ticketing.read_sales(null, 'day', 'UTC')"
const noSales = {
  'ticketing.events': none,
  'ticketing.journal': none,
  'ticketing.tier_inventory': none,
  'ticketing.sales_checkpoints': none,
}
const oneShow = {
  'ticketing.events': only(event(9)),
  'ticketing.orders': none,
  'ticketing.order_items': none,
  'ticketing.journal': none,
  'ticketing.health_checkpoints': none,
  'ticketing.tiers': none,
  'ticketing.tier_inventory': none,
  'ticketing.capacity_pools': none,
  'ticketing.pool_inventory': none,
}
const shown = `ticketing.get_operations_event('${eventId}')`

const orders: Record<string, OrderCase> = {
  'clear_origins: by id': {
    tables: { 'ticketing.orders': rank => ({ ...order(rank), origin: {} }) },
    ask: path(`ticketing.clear_origins('${eventId}', null, 1)`, 'after'),
    answer: [0],
  },
  'events_with_origins: the longest past first': {
    tables: { 'ticketing.events': event },
    ask: path('ticketing.events_with_origins(1, 2)', 'eventIds[*]'),
    answer: [0, 1],
  },
  'events_to_roll_up: what waits the longest': {
    tables: {
      'ticketing.events': event,
      'ticketing.sales_checkpoints': none,
      'ticketing.journal': rank => ({ ...entry(rank), event_id: idOf(rank) }),
    },
    ask: path('ticketing.events_to_roll_up(2)', 'eventIds[*]'),
    answer: [0, 1],
  },
  'events_to_roll_up: by the next entry alone': {
    tables: {
      'ticketing.events': only(event(9)),
      'ticketing.sales_checkpoints': none,
      'ticketing.journal': rank => ({ ...entry(rank), occurred_at: rank === 0 ? '2099-01-01T00:00:00Z' : dayOf(rank) }),
    },
    ask: path('ticketing.events_to_roll_up(2)', 'eventIds[*]'),
    answer: [],
  },
  'roll_up_sales: a stretch from the checkpoint on': {
    tables: { ...noSales, 'ticketing.events': only(event(9)), 'ticketing.journal': entry },
    before: `select ticketing.roll_up_sales('${eventId}', 2)`,
    ask: 'select jsonb_agg(entry_id - 1) as ids from ticketing.sales_checkpoints',
    answer: [1],
  },
  'roll_up_sales: what all events share, by period': {
    tables: {
      ...noSales,
      'ticketing.events': only(event(9)),
      'ticketing.journal': entry,
      'ticketing.sales_periods': none,
      'venuekit.sales_periods': none,
    },
    before: `select ticketing.roll_up_sales('${eventId}', 4)`,
    ask: written('venuekit.sales_periods', "extract(day from starts_at at time zone 'UTC')::integer - 1"),
    answer: [0, 1, 2, 3],
  },
  'read_sales: money taken by currency': {
    tables: { ...noSales, 'venuekit.sales_periods': inCurrencies({ taken_minor: 1 }) },
    ask: path(sales, 'sales.buckets[59].taken[*].currency'),
    answer: [0, 1, 2, 3],
  },
  'read_sales: money given back by currency': {
    tables: { ...noSales, 'venuekit.sales_periods': inCurrencies({ given_back_minor: 1 }) },
    ask: path(sales, 'sales.buckets[59].givenBack[*].currency'),
    answer: [0, 1, 2, 3],
  },
  'read_sales: periods as time passes': {
    tables: { ...noSales, 'venuekit.sales_periods': none },
    ask: `select jsonb_build_array((jsonb_agg(b.value order by b.value) = jsonb_agg(b.value order by b.n))::integer) as ids
      from jsonb_array_elements(jsonb_path_query_array(${sales}, '$.sales.buckets[*].startsAt'))
        with ordinality as b (value, n)`,
    answer: [1],
  },
  'read_sales: reserved at the end of a period, less what came after': {
    tables: {
      ...noSales,
      'venuekit.sales_periods': rank => ({ ...period, starts_at: daysAgo(rank), currency: 'USD', reserved: 1 }),
    },
    ask: path(sales, 'sales.buckets[56 to 59].reserved'),
    answer: [3, 2, 1, 0],
  },
  'get_operations_event: pools by position': {
    tables: {
      ...oneShow,
      'ticketing.capacity_pools': rank => ({ event_id: eventId, pool_id: idOf(rank), position: rank, name: 'Hall' }),
      'ticketing.pool_inventory': rank => ({ event_id: eventId, pool_id: idOf(rank), capacity: 10 }),
    },
    ask: path(shown, 'pools[*].id'),
    answer: [0, 1, 2, 3],
  },
  'get_operations_event: what is most of it first': {
    tables: {
      ...oneShow,
      'ticketing.tiers': tier,
      'ticketing.tier_inventory': rank => ({ ...tierCounter(rank), reserved: rank + 1 }),
    },
    ask: `select jsonb_agg(substring(f.value ->> 'sentence' from 'counts (\\d+) places')::integer - 1 order by f.n) as ids
      from jsonb_array_elements(${shown} -> 'findings') with ordinality as f (value, n)
      where f.value ->> 'kind' = 'ghost_reservations'`,
    answer: [3, 2, 1, 0],
  },
  'operations_event_json: tiers by position': {
    tables: { ...oneShow, 'ticketing.tiers': tier, 'ticketing.tier_inventory': tierCounter },
    ask: path(shown, 'event.tiers[*].id'),
    answer: [0, 1, 2, 3],
  },
  'list_operations_events: the latest of what is over': {
    tables: { ...oneShow, 'ticketing.events': event },
    ask: path("ticketing.list_operations_events(null, 'all', 'date', null, 4)", 'items[*].id'),
    answer: [3, 2, 1, 0],
  },
  'list_revocations: a page by id': {
    tables: { ...oneShow, 'ticketing.tickets': voidTicket },
    ask: path(`ticketing.list_revocations('${eventId}', null, 1)`, 'nextCursor'),
    answer: [0],
  },
  'list_revocations: by id on its page': {
    tables: { ...oneShow, 'ticketing.tickets': voidTicket },
    ask: path(`ticketing.list_revocations('${eventId}', null, 4)`, 'items[*].ticketId'),
    answer: [0, 1, 2, 3],
  },
  'check_in_summary: tiers by position': {
    tables: { ...oneShow, 'ticketing.tiers': tier, 'ticketing.tickets': none, 'ticketing.check_ins': none },
    ask: path(`ticketing.check_in_summary('${eventId}')`, 'summary.tiers[*].tierId'),
    answer: [0, 1, 2, 3],
  },
  'check_in_summary: gates by name': {
    tables: {
      ...oneShow,
      'ticketing.order_items': item,
      'ticketing.tickets': ticket,
      'ticketing.check_ins': checkIn,
    },
    ask: path(`ticketing.check_in_summary('${eventId}')`, 'summary.gates[*].gate'),
    answer: [0, 1, 2, 3],
  },
  'list_jobs: the last run': {
    tables: { 'venuekit.job_runs': rank => ({ ...jobRun(rank), taken_at: dayOf(3 - rank) }) },
    ask: path(`venuekit.list_jobs('[{"job": "sweep", "everySeconds": 60}]')`, 'jobs[*].lastRun.slot'),
    answer: [0],
  },
  'read_alerts: the newest of those open': {
    tables: { 'venuekit.alerts': rank => ({ ...alert(rank), raised_at: dayOf(3 - rank) }) },
    ask: path('venuekit.read_alerts(2, 2)', 'open[*].fingerprint'),
    answer: [0, 1],
  },
  'read_alerts: of those open at one moment, by name': {
    tables: { 'venuekit.alerts': rank => ({ ...alert(rank), raised_at: dayOf(0) }) },
    ask: path('venuekit.read_alerts(4, 4)', 'open[*].fingerprint'),
    answer: [0, 1, 2, 3],
  },
  'read_alerts: the last of those resolved': {
    tables: { 'venuekit.alerts': rank => ({ ...alert(rank), resolved_at: dayOf(3 - rank) }) },
    ask: path('venuekit.read_alerts(2, 2)', 'resolved[*].fingerprint'),
    answer: [0, 1],
  },
  'read_alerts: of those resolved at one moment, by name': {
    tables: { 'venuekit.alerts': rank => ({ ...alert(rank), resolved_at: dayOf(0) }) },
    ask: path('venuekit.read_alerts(4, 4)', 'resolved[*].fingerprint'),
    answer: [0, 1, 2, 3],
  },
  'owe_alerts: by alert': {
    tables: { 'venuekit.alert_sinks': sink, 'venuekit.alerts': alert, 'venuekit.alert_deliveries': none },
    before: "select venuekit.owe_alerts('{3,1,2,0}', now())",
    ask: written('venuekit.alert_deliveries', 'fingerprint'),
    answer: [0, 1, 2, 3],
  },
  'settle_alerts: by alert': {
    tables: { 'venuekit.alert_sinks': none, 'venuekit.alerts': none, 'venuekit.alert_looks': none },
    before: `select venuekit.settle_alerts('', jsonb_agg(jsonb_build_object('fingerprint', f, 'kind', 'x', 'detail', '{}'::jsonb)),
      now()) from unnest('{3,1,2,0}'::text[]) f`,
    ask: written('venuekit.alerts', 'fingerprint'),
    answer: [0, 1, 2, 3],
  },
  'read_operations: the last comparison': {
    tables: { ...oneShow, 'venuekit.reconciliations': rank => ({ ...run(rank), started_at: dayOf(3 - rank) }) },
    ask: path('venuekit.read_operations()', 'reconciliation.runId'),
    answer: [0],
  },
  'read_queues: refunds by currency': {
    tables: { 'ticketing.refunds': rank => ({ ...refund(rank), currency: `AA${'ABCD'[rank]}` }) },
    ask: `select jsonb_agg(ascii(right(a.value #>> '{}', 1)) - ascii('A') order by a.n) as ids
      from jsonb_array_elements(jsonb_path_query_array(venuekit.read_queues(), '$.refunds.amounts[*].currency'))
        with ordinality as a (value, n)`,
    answer: [0, 1, 2, 3],
  },
  'read_watch: the delay of the last twenty': {
    tables: { 'venuekit.webhooks': none },
    before: `insert into venuekit.webhooks (account, gateway_event_id, type, mode, payload, received_at, next_try_at)
      select 'a', n, 'x', 'test',
        jsonb_build_object('created', extract(epoch from m) - case when n <= 20 then 3.5 else 100 end), m, m
      from generate_series(40, 1, -1) n, lateral (select now() - n * interval '10 seconds' as m) r`,
    ask: path('venuekit.read_watch(60, 60)', 'inbox.deliverySeconds'),
    answer: [3],
  },
  'read_watch: sinks by name': {
    tables: {
      'venuekit.alert_deliveries': none,
      'venuekit.alert_sinks': rank => ({ sink: `${rank}`, asked_at: now(), failing_since: dayOf(0) }),
    },
    ask: path('venuekit.read_watch(60, 60)', 'sinks[*].sink'),
    answer: [0, 1, 2, 3],
  },
  'read_watch: gateways by name': {
    tables: { 'venuekit.signature_failures': rank => ({ gateway: `${rank}`, minute: now(), failures: 1 }) },
    ask: path('venuekit.read_watch(60, 3600)', 'signatures[*].gateway'),
    answer: [0, 1, 2, 3],
  },
}

test.each(Object.entries(orders))('%s', async (_, one) => {
  expect(await tables.answer(one)).toEqual(one.answer)
})
