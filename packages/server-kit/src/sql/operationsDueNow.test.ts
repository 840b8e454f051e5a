import { afterAll, beforeAll, expect, test } from 'vitest'
import { event, order } from '../testing/bareRows.ts'
import { type BareTables, dayOf, idOf, none, type OrderCase, only, openBareTables } from '../testing/bareTables.ts'

let tables: BareTables
beforeAll(async () => {
  tables = await openBareTables()
}, 60_000)
afterAll(() => tables.database.close())

const one = idOf(9)
const ago = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString()
const halfADay = ago(12)
const holds = (condition: string) => `select jsonb_build_array((${condition})::integer) as ids`
const isOfNow = (call: string, found: string) => holds(`(${call} #>> '{${found}}')::timestamptz > '${halfADay}'`)
const show = {
  'ticketing.events': only({ ...event(9), over_at: halfADay }),
  'ticketing.orders': none,
  'ticketing.tiers': none,
  'ticketing.tier_inventory': none,
  'ticketing.pool_inventory': none,
  'ticketing.health_checkpoints': none,
}

const sold = {
  'ticketing.events': only(event(9)),
  'ticketing.tier_inventory': none,
  'ticketing.sales_checkpoints': none,
  'ticketing.sales_periods': none,
  'venuekit.sales_periods': none,
  'ticketing.journal': only({
    event_id: one,
    entry_id: 1,
    occurred_at: halfADay,
    kind: 'issue',
    tier_id: one,
    issued_delta: 1,
  }),
}

/** Long enough ago and not by a day, so that a clock of yesterday answers otherwise. */
const moments: Record<string, OrderCase> = {
  'clear_origins: through now': {
    tables: show,
    before: `select ticketing.clear_origins('${one}', null, 9)`,
    ask: holds(`(select origins_cleared_at > '${halfADay}' from ticketing.events)`),
    answer: [1],
  },
  'events_with_origins: a show was over a day ago': {
    tables: { 'ticketing.events': only({ ...event(9), over_at: ago(36) }) },
    ask: `select ticketing.events_with_origins(1, 2) -> 'eventIds' as ids`,
    answer: [9],
  },
  'get_operations_event: looked at now': {
    tables: show,
    ask: isOfNow(`ticketing.get_operations_event('${one}')`, 'event,health,checkedAt'),
    answer: [1],
  },
  'list_operations_events: what is over': {
    tables: show,
    ask: `select jsonb_path_query_array(ticketing.list_operations_events(null, 'over', 'date', null, 2), '$.items[*].id') as ids`,
    answer: [9],
  },
  'list_jobs: as they stand now': {
    tables: {},
    ask: isOfNow("venuekit.list_jobs('[]')", 'now'),
    answer: [1],
  },
  'read_operations: of now': {
    tables: show,
    ask: isOfNow('venuekit.read_operations()', 'now'),
    answer: [1],
  },
  'read_watch: a look of now': {
    tables: show,
    ask: isOfNow('venuekit.read_watch(60, 60)', 'lookedAt'),
    answer: [1],
  },
  'audit_inbox: a look of now': {
    tables: {},
    ask: isOfNow('venuekit.audit_inbox()', 'lookedAt'),
    answer: [1],
  },
  'read_metrics: a hold that ended is overdue': {
    tables: { ...show, 'ticketing.orders': only({ ...order(0), hold_expires_at: halfADay }) },
    ask: `select jsonb_build_array(venuekit.read_metrics('[]') #> '{reservations,overdue}') as ids`,
    answer: [1],
  },
  'count_signature_failures: of this minute': {
    tables: { 'venuekit.signature_failures': none },
    before: "select venuekit.count_signature_failures('g', 1)",
    ask: holds(`(select minute > '${halfADay}' from venuekit.signature_failures)`),
    answer: [1],
  },
  'end_session: those that ended more than a day ago are forgotten': {
    tables: { 'venuekit.ended_sessions': only({ session_id: one, ends_at: ago(36) }) },
    before: `select venuekit.end_session('${idOf(0)}', now())`,
    ask: 'select jsonb_agg(session_id) as ids from venuekit.ended_sessions',
    answer: [0],
  },
  'read_session: judged now': {
    tables: { 'venuekit.ended_sessions': none },
    ask: isOfNow(`venuekit.read_session('${one}')`, 'now'),
    answer: [1],
  },
  'events_to_roll_up: sold half a day ago': {
    tables: sold,
    ask: "select ticketing.events_to_roll_up(2) -> 'eventIds' as ids",
    answer: [9],
  },
  'roll_up_sales: sold half a day ago': {
    tables: sold,
    ask: `select jsonb_build_array(ticketing.roll_up_sales('${one}', 2) -> 'rolledUp') as ids`,
    answer: [1],
  },
  'read_sales: up to this hour': {
    tables: sold,
    ask: isOfNow("ticketing.read_sales(null, 'hour', 'UTC')", 'sales,buckets,-1,startsAt'),
    answer: [1],
  },
  'settle_alerts: a look of half a day ago is not one of the future': {
    tables: {
      'venuekit.alerts': none,
      'venuekit.alert_looks': only({ scope: 'x:', looked_at: halfADay }),
    },
    before: `select venuekit.settle_alerts('x:', '[{"fingerprint": "x:9", "kind": "x", "detail": {}}]', '${dayOf(0)}')`,
    ask: 'select jsonb_agg(fingerprint) as ids from venuekit.alerts',
    answer: [],
  },
}

test.each(Object.entries(moments))('%s', async (_, moment) => {
  expect(await tables.answer(moment)).toEqual(moment.answer)
})
