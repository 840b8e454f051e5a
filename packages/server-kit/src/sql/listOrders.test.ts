import { afterAll, beforeAll, expect, test } from 'vitest'
import { alert, delivery, event, eventId, message, orphan, payment, sink, tier, webhook } from '../testing/bareRows.ts'
import { type BareTables, dayOf, idOf, none, type OrderCase, only, openBareTables } from '../testing/bareTables.ts'

let tables: BareTables
beforeAll(async () => {
  tables = await openBareTables()
}, 60_000)
afterAll(() => tables.database.close())

const path = (call: string, found: string) => `select jsonb_path_query_array(${call}, '$.${found}') as ids`
const subjects = (call: string) => `select jsonb_agg(f.subject) as ids from ${call} f`

const messages = { 'venuekit.outbox': message }
/** Of one order, however many. */
const ofOneOrder = (rank: number) => ({ ...payment(rank), order_id: idOf(9), status: 'surplus' })
const noFaults = {
  'ticketing.refunds': none,
  'ticketing.refund_tickets': none,
  'ticketing.tickets': none,
  'ticketing.disputes': none,
  'ticketing.journal': none,
  'ticketing.orders': none,
}
const events = { 'ticketing.events': event, 'ticketing.tiers': none, 'ticketing.capacity_pools': none }
const pool = (rank: number) => ({ event_id: eventId, pool_id: idOf(rank), position: rank, name: 'Hall' })
const oneEvent = { 'ticketing.events': only(event(9)), 'ticketing.tiers': tier, 'ticketing.capacity_pools': pool }

const minute = (count: number): string => `2020-01-01T00:0${count}:00Z`
const alerts = { 'venuekit.alert_sinks': sink, 'venuekit.alerts': alert, 'venuekit.alert_deliveries': delivery }
/** More than one message tells of: forty of each rank. */
const forty = Array.from({ length: 40 }, (_, index) => index)
const manyAlerts = {
  ...alerts,
  'venuekit.alerts': (rank: number) => forty.map(n => ({ ...alert(rank), fingerprint: `${n}-${rank}` })),
  'venuekit.alert_deliveries': (rank: number) => forty.map(n => ({ ...delivery(rank), fingerprint: `${n}-${rank}` })),
}
const takeInOneMessage = "venuekit.take_alerts('s', 1, 'w', 60, 60, null, 1)"

const lists: Record<string, OrderCase> = {
  'due_orphans: as they fell due': {
    tables: { 'venuekit.orphan_payments': orphan },
    ask: path("venuekit.due_orphans('a', 4)", 'orphans[*].sessionId'),
    answer: [0, 1, 2, 3],
  },
  'take_alerts: into one message what waited longest': {
    tables: manyAlerts,
    ask: `select jsonb_agg(distinct right(i, 1)) as ids from jsonb_path_query(${takeInOneMessage}, '$.alerts[*].fingerprint') t(f),
      jsonb_array_elements_text(jsonb_build_array(f)) i`,
    answer: [0, 1, 2],
  },
  'take_alerts: told in one message as they fell due': {
    tables: alerts,
    ask: path(takeInOneMessage, 'alerts[*].fingerprint'),
    answer: [0, 1, 2, 3],
  },
  'messages_left: after those that were sent first': {
    tables: { ...alerts, 'venuekit.alert_deliveries': rank => ({ ...delivery(rank), sent_at: minute(rank + 1) }) },
    ask: `select jsonb_build_array(extract(minute from l.from_when)::integer - 6) as ids
      from venuekit.messages_left('s', 'webhooks', 0, 4, '${minute(5)}') l`,
    answer: [0],
  },
  'list_webhooks: the latest': {
    tables: { 'venuekit.webhooks': webhook },
    ask: `select jsonb_agg(i order by i) as ids
      from jsonb_path_query(venuekit.list_webhooks(null, null, 2), '$.webhooks[*].gatewayEventId') i`,
    answer: [2, 3],
  },
  'list_webhooks: the latest first': {
    tables: { 'venuekit.webhooks': webhook },
    ask: path('venuekit.list_webhooks(null, null, 4)', 'webhooks[*].gatewayEventId'),
    answer: [3, 2, 1, 0],
  },
  'list_venues: as they came': {
    tables: { 'venuekit.venues': rank => ({ venue_id: idOf(rank), name: 'The Venue', created_at: dayOf(rank) }) },
    ask: path('venuekit.list_venues()', 'venues[*].id'),
    answer: [0, 1, 2, 3],
  },
  'list_messages: the latest': {
    tables: messages,
    ask: `select jsonb_agg(i order by i) as ids
      from jsonb_path_query(venuekit.list_messages(null, null, null, 2), '$.messages[*].messageId') i`,
    answer: [2, 3],
  },
  'list_messages: the latest first': {
    tables: messages,
    ask: path('venuekit.list_messages(null, null, null, 4)', 'messages[*].messageId'),
    answer: [3, 2, 1, 0],
  },
  'export_events: those behind the last one, by id': {
    tables: events,
    ask: `select jsonb_agg(i order by i) as ids
      from jsonb_path_query(ticketing.export_events('${idOf(0)}', null, null, 2), '$.events[*].event.id') i`,
    answer: [1, 2],
  },
  'export_events: by id, so that the next page begins behind the last one': {
    tables: events,
    ask: path('ticketing.export_events(null, null, null, 4)', 'events[*].event.id'),
    answer: [0, 1, 2, 3],
  },
  'export_events: tiers as they stand': {
    tables: oneEvent,
    ask: path('ticketing.export_events(null, null, null, 1)', 'events[*].event.tiers[*].id'),
    answer: [0, 1, 2, 3],
  },
  'export_events: pools as they stand': {
    tables: oneEvent,
    ask: path('ticketing.export_events(null, null, null, 1)', 'events[*].event.pools[*].id'),
    answer: [0, 1, 2, 3],
  },
  'find_money_faults: by order and payment': {
    tables: { ...noFaults, 'ticketing.payments': ofOneOrder },
    ask: subjects(`ticketing.find_money_faults(array['${eventId}']::uuid[])`),
    answer: [0, 1, 2, 3],
  },
  'find_refund_faults: by order and payment': {
    tables: {
      ...noFaults,
      'ticketing.events': only(event(9)),
      'ticketing.payments': rank => ({ ...ofOneOrder(rank), refunded_minor: 100 }),
    },
    ask: subjects(`ticketing.find_refund_faults(array['${eventId}']::uuid[], null)`),
    answer: [0, 1, 2, 3],
  },
  'find_payment: of two that fit the one that came first': {
    tables: {
      'venuekit.gateway_objects': none,
      'ticketing.payments': rank => ({
        ...ofOneOrder(rank),
        session_id: `cs_${rank % 2}`,
        payment_intent_id: `pi_${rank % 2}`,
      }),
    },
    ask: `select jsonb_build_array(f.payment_id) as ids from ticketing.find_payment('${eventId}', '${eventId}',
      '{"account": "a", "mode": "test", "sessionId": "cs_0", "paymentIntentId": "pi_1"}') f`,
    answer: [0],
  },
}

test.each(Object.entries(lists))('%s', async (_, list) => {
  expect(await tables.answer(list)).toEqual(list.answer)
})
