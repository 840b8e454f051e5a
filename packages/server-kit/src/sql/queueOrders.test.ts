import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  alert,
  attempt,
  checkpoint,
  delivery,
  dispute,
  event,
  eventId,
  jobRun,
  media,
  message,
  order,
  orphan,
  payment,
  refund,
  removal,
  run,
  sink,
  webhook,
} from '../testing/bareRows.ts'
import { type BareTables, dayOf, idOf, type OrderCase, openBareTables } from '../testing/bareTables.ts'

let tables: BareTables
beforeAll(async () => {
  tables = await openBareTables()
}, 60_000)
afterAll(() => tables.database.close())

const path = (call: string, found: string) => `select jsonb_path_query_array(${call}, '$.${found}') as ids`
/** What a batch of two removed: all others are still there. */
const gone = (call: string, table: string, column: string) => ({
  before: `select ${call}`,
  ask: `select jsonb_agg(n order by n) as ids from unnest('{0,1,2,3}'::text[]) n
    where n not in (select right(${column}::text, 1) from ${table})`,
})
const window = `'a', 'test', '2020-01-01', '2020-12-31'`

/** Batches of two of four, unless all are taken to see in which order they are answered. */
const queues: Record<string, OrderCase> = {
  'begin_expiry: holds that ended first': {
    tables: { 'ticketing.attempts': attempt, 'ticketing.orders': order },
    before: `delete from ticketing.attempts; select ticketing.begin_expiry('${eventId}', 2)`,
    ask: "select jsonb_agg(order_id order by order_id) as ids from ticketing.orders where status <> 'reserved'",
    answer: [0, 1],
  },
  'begin_expiry: attempts that were begun first': {
    tables: {
      'ticketing.orders': rank => ({ ...order(rank), status: 'expiring', release_reason: 'expired' }),
      'ticketing.attempts': attempt,
    },
    ask: path(`ticketing.begin_expiry('${eventId}', 2)`, 'attempts[*].attemptId'),
    answer: [0, 1],
  },
  'begin_expiry: attempts behind the one that is given': {
    tables: {
      'ticketing.orders': rank => ({ ...order(rank), status: 'expiring', release_reason: 'expired' }),
      'ticketing.attempts': attempt,
    },
    ask: path(`ticketing.begin_expiry('${eventId}', 2, '${idOf(0)}', '${idOf(0)}')`, 'attempts[*].attemptId'),
    answer: [1, 2],
  },
  'take_refunds: what is due the longest': {
    tables: { 'ticketing.payments': payment, 'ticketing.refunds': refund },
    ask: `select jsonb_agg(i order by i) as ids
      from jsonb_path_query(ticketing.take_refunds('${eventId}', 2, 'w', 60), '$.refunds[*].refundId') i`,
    answer: [0, 1],
  },
  'take_refunds: to the worker in the order in which they were asked for': {
    tables: { 'ticketing.payments': payment, 'ticketing.refunds': refund },
    ask: path(`ticketing.take_refunds('${eventId}', 4, 'w', 60)`, 'refunds[*].refundId'),
    answer: [0, 1, 2, 3],
  },
  'take_messages: what is due the longest': {
    tables: { 'venuekit.outbox': message },
    ask: `select jsonb_agg(i order by i) as ids
      from jsonb_path_query(venuekit.take_messages('buyer', 2, 'w', 60, '[]'), '$.messages[*].messageId') i`,
    answer: [0, 1],
  },
  'take_messages: to the worker as they fell due': {
    tables: { 'venuekit.outbox': message },
    ask: path(`venuekit.take_messages('buyer', 4, 'w', 60, '[]')`, 'messages[*].messageId'),
    answer: [0, 1, 2, 3],
  },
  'take_alerts: what waited longest': {
    tables: { 'venuekit.alert_sinks': sink, 'venuekit.alerts': alert, 'venuekit.alert_deliveries': delivery },
    ask: `select jsonb_agg(i order by i) as ids
      from jsonb_path_query(venuekit.take_alerts('s', 2, 'w', 60, 60, null, 100), '$.alerts[*].fingerprint') i`,
    answer: [0, 1],
  },
  'take_alerts: to the worker as they fell due': {
    tables: { 'venuekit.alert_sinks': sink, 'venuekit.alerts': alert, 'venuekit.alert_deliveries': delivery },
    ask: path(`venuekit.take_alerts('s', 4, 'w', 60, 60, null, 100)`, 'alerts[*].fingerprint'),
    answer: [0, 1, 2, 3],
  },
  'due_webhooks: what is due the longest': {
    tables: { 'venuekit.webhooks': webhook },
    ask: path('venuekit.due_webhooks(2)', 'webhooks[*].gatewayEventId'),
    answer: [0, 1],
  },
  'due_orphans: what is due the longest': {
    tables: { 'venuekit.orphan_payments': orphan },
    ask: path("venuekit.due_orphans('a', 2)", 'orphans[*].sessionId'),
    answer: [0, 1],
  },
  'due_uploads: whose last step is the longest ago': {
    tables: { 'feed.media': media },
    ask: `select jsonb_agg(i order by i) as ids from jsonb_path_query(feed.due_uploads('test', 2), '$.uploads[*].id') i`,
    answer: [0, 1],
  },
  'abandon_uploads: the oldest': {
    tables: { 'feed.media': media },
    before: 'select feed.abandon_uploads(2)',
    ask: 'select jsonb_agg(upload_id order by upload_id) as ids from feed.media where removed_at is not null',
    answer: [0, 1],
  },
  'take_media_removals: what is due the longest': {
    tables: { 'feed.media_removals': removal },
    ask: `select jsonb_agg(i order by i) as ids
      from jsonb_path_query(feed.take_media_removals('["test"]', 2, 'w', 60), '$.removals[*].storeKey') i`,
    answer: [0, 1],
  },
  'payments_to_confirm: the oldest': {
    tables: { 'ticketing.payments': payment },
    ask: path(`ticketing.payments_to_confirm('${eventId}', ${window}, 3)`, 'payments[*].paymentId'),
    answer: [0, 1, 2],
  },
  'refunds_to_confirm: the oldest': {
    tables: { 'ticketing.payments': payment, 'ticketing.refunds': refund },
    ask: path(`ticketing.refunds_to_confirm('${eventId}', ${window}, 2)`, 'refunds[*].refundId'),
    answer: [0, 1],
  },
  'disputes_to_confirm: the oldest': {
    tables: { 'ticketing.payments': payment, 'ticketing.disputes': dispute },
    ask: path(
      `ticketing.disputes_to_confirm('${eventId}', 'a', 'test', '2020-01-01', 2)`,
      'disputes[*].gatewayDisputeId',
    ),
    answer: [0, 1],
  },
  'pending_attempts: the oldest': {
    tables: {
      'ticketing.orders': rank => ({ ...order(rank), status: 'payment_pending' }),
      'ticketing.attempts': attempt,
    },
    ask: path(`ticketing.pending_attempts('${eventId}', 'a', 'test', 2)`, 'attempts[*].attemptId'),
    answer: [0, 1],
  },
  'events_to_check: those looked at the longest ago': {
    tables: { 'ticketing.events': event, 'ticketing.health_checkpoints': checkpoint },
    ask: path('ticketing.events_to_check(2)', 'eventIds[*]'),
    answer: [0, 1],
  },
  'purge_webhooks: the oldest': {
    tables: { 'venuekit.webhooks': rank => ({ ...webhook(rank), status: 'done', finished_at: dayOf(rank) }) },
    ...gone('venuekit.purge_webhooks(90, 2)', 'venuekit.webhooks', 'gateway_event_id'),
    answer: [0, 1],
  },
  'purge_alerts: the oldest': {
    tables: {
      'venuekit.alert_deliveries': () => [],
      'venuekit.alerts': rank => ({ ...alert(rank), resolved_at: dayOf(rank) }),
    },
    ...gone('venuekit.purge_alerts(90, 2)', 'venuekit.alerts', 'fingerprint'),
    answer: [0, 1],
  },
  'purge_orphans: the oldest': {
    tables: {
      'venuekit.orphan_payments': rank => ({ ...orphan(rank), status: 'refunded', ended_at: dayOf(rank) }),
    },
    ...gone('venuekit.purge_orphans(90, 2)', 'venuekit.orphan_payments', 'session_id'),
    answer: [0, 1],
  },
  'purge_reconciliations: the oldest': {
    tables: { 'venuekit.reconciliations': run },
    ...gone('venuekit.purge_reconciliations(90, 2)', 'venuekit.reconciliations', 'run_id'),
    answer: [0, 1],
  },
  'purge_job_runs: the oldest': {
    tables: { 'venuekit.job_runs': jobRun },
    ...gone('venuekit.purge_job_runs(90, 2)', 'venuekit.job_runs', 'slot'),
    answer: [0, 1],
  },
  'purge_message_errors: the oldest': {
    tables: {
      'venuekit.outbox': rank => ({ ...message(rank), status: 'sent', sent_at: dayOf(rank), last_error: 'no' }),
    },
    before: 'select venuekit.purge_message_errors(30, 2)',
    ask: 'select jsonb_agg(message_id order by message_id) as ids from venuekit.outbox where last_error is null',
    answer: [0, 1],
  },
}

test.each(Object.entries(queues))('%s', async (_, queue) => {
  expect(await tables.answer(queue)).toEqual(queue.answer)
})
