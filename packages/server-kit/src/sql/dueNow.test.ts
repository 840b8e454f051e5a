import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  alert,
  attempt,
  checkpoint,
  delivery,
  event,
  message,
  order,
  orphan,
  post,
  refund,
  sink,
  tier,
  tierCounter,
  webhook,
} from '../testing/bareRows.ts'
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
const path = (call: string, found: string) => `select jsonb_path_query_array(${call}, '$.${found}') as ids`
const subjects = (call: string) => `select jsonb_agg(coalesce(f.subject, f.order_id::text)) as ids from ${call} f`

const leasedAlert = {
  'venuekit.alert_sinks': sink,
  'venuekit.alerts': only(alert(0)),
  'venuekit.alert_deliveries': only({ ...delivery(0), leased_by: 'w' }),
}
const ended = {
  'ticketing.events': only({ ...event(9), starts_at: dayOf(0), over_at: halfADay }),
  'ticketing.tiers': only(tier(0)),
  'ticketing.tier_inventory': only(tierCounter(0)),
  'ticketing.pool_inventory': none,
}
const quiet = {
  'ticketing.orders': none,
  'ticketing.attempts': none,
  'ticketing.payments': none,
  'ticketing.refunds': none,
  'venuekit.outbox': none,
  'venuekit.webhooks': none,
  'venuekit.orphan_payments': none,
}
const due = only({ ...order(0), hold_expires_at: halfADay })
const dueRefund = only({ ...refund(0), status: 'requested', gateway_refund_id: null, next_try_at: halfADay })
const isEnded = (call: string) => holds(`${call} #>> '{event,tiers,0,status}' = 'ended'`)
/** Long enough ago and not by a day, so that a clock of yesterday answers otherwise. */
const moments: Record<string, OrderCase> = {
  'begin_changes: what changed in these seconds': {
    tables: {
      'feed.changes': only({
        xid: '10',
        seq: 9,
        venue_id: one,
        feed_id: one,
        post_id: one,
        kind: 'post',
        changed_at: halfADay,
      }),
    },
    ask: "select jsonb_build_array(feed.begin_changes(60) ->> 'cursor') as ids",
    answer: [0],
  },
  'list_posts: a reader who began half a day ago reads on': {
    tables: {
      'feed.feeds': only({ feed_id: one, venue_id: one, name: 'News', created_at: dayOf(0) }),
      'feed.posts': only(post(9)),
    },
    ask: holds(`feed.list_posts('${one}', '${one}', null, false,
      'p.99999999999999-${one}.${Date.parse(halfADay)}000', 2) ->> 'outcome' = 'found'`),
    answer: [1],
  },
  'get_event: sales have ended': {
    tables: ended,
    ask: isEnded(`ticketing.get_event('${one}', '${one}')`),
    answer: [1],
  },
  'get_admin_event: sales have ended': {
    tables: ended,
    ask: isEnded(`ticketing.get_admin_event('${one}')`),
    answer: [1],
  },
  'list_admin_events: sales have ended': {
    tables: ended,
    ask: holds(`ticketing.list_admin_events('${one}', null, 2) #>> '{items,0,tiers,0,status}' = 'ended'`),
    answer: [1],
  },
  'list_events: what is over is not to come': {
    tables: ended,
    ask: holds(`jsonb_array_length(ticketing.list_events('${one}', null, 2) -> 'items')`),
    answer: [0],
  },
  'get_admin_order: answered now': {
    tables: { ...quiet, 'ticketing.orders': only(order(0)), 'ticketing.order_items': none },
    ask: holds(
      `(ticketing.get_admin_order('${one}', '${idOf(0)}') #>> '{order,serverNow}')::timestamptz > '${halfADay}'`,
    ),
    answer: [1],
  },
  'events_to_check: the last look is more than a day ago': {
    tables: {
      'ticketing.events': only({ ...event(0), over_at: dayOf(0) }),
      'ticketing.health_checkpoints': only({ ...checkpoint(0), checked_at: ago(36) }),
    },
    ask: path('ticketing.events_to_check(2)', 'eventIds[*]'),
    answer: [0],
  },
  'events_to_expire: a hold has ended': {
    tables: { ...quiet, 'ticketing.events': only(event(9)), 'ticketing.orders': due },
    ask: path('ticketing.events_to_expire(2)', 'eventIds[*]'),
    answer: [9],
  },
  'events_with_refunds: one is due': {
    tables: { ...quiet, 'ticketing.events': only(event(9)), 'ticketing.refunds': dueRefund },
    ask: path('ticketing.events_with_refunds(2)', 'eventIds[*]'),
    answer: [9],
  },
  'find_overdue_reservations: a hold that ended is still there': {
    tables: { ...quiet, 'ticketing.orders': due },
    ask: subjects(`ticketing.find_overdue_reservations('${one}')`),
    answer: [0],
  },
  'find_stuck_refunds: one is due for an hour': {
    tables: { ...quiet, 'ticketing.refunds': dueRefund },
    ask: subjects(`ticketing.find_stuck_refunds('${one}')`),
    answer: [0],
  },
  'find_unsent_messages: one waits': {
    tables: { ...quiet, 'venuekit.outbox': only({ ...message(0), created_at: halfADay }) },
    ask: subjects(`ticketing.find_unsent_messages('${one}')`),
    answer: [0],
  },
  'inbox_findings: an event of the gateway waits': {
    tables: { ...quiet, 'venuekit.webhooks': only({ ...webhook(0), received_at: halfADay, next_try_at: halfADay }) },
    ask: subjects('venuekit.inbox_findings()'),
    answer: [0],
  },
  'inbox_findings: an event of the gateway is put off for ever': {
    tables: { ...quiet, 'venuekit.webhooks': only({ ...webhook(0), received_at: halfADay, next_try_at: 'infinity' }) },
    ask: subjects('venuekit.inbox_findings()'),
    answer: [0],
  },
  'platform_parts: an old look counts no more': {
    tables: {
      ...quiet,
      'ticketing.events': only({ ...event(9), over_at: '2099-01-01T00:00:00Z' }),
      'ticketing.health_checkpoints': only({
        ...checkpoint(9),
        checked_at: halfADay,
        parts: { ghost_reservations: 7 },
      }),
    },
    ask: holds("coalesce((ticketing.platform_parts() ->> 'ghost_reservations')::integer, 0)"),
    answer: [0],
  },
  'platform_parts: a look of now is believed': {
    tables: {
      ...quiet,
      'ticketing.events': only({ ...event(9), over_at: '2099-01-01T00:00:00Z' }),
      'ticketing.health_checkpoints': only({ ...checkpoint(9), parts: { ghost_reservations: 7 } }),
    },
    before: 'update ticketing.health_checkpoints set checked_at = now()',
    ask: holds("(ticketing.platform_parts() ->> 'ghost_reservations')::integer = 7"),
    answer: [1],
  },
  'pending_attempts: given up more than 30 days ago is left out': {
    tables: {
      'ticketing.orders': only({ ...order(0), status: 'expired' }),
      'ticketing.attempts': only({
        ...attempt(0),
        status: 'closed',
        close_reason: 'pending_too_long',
        closed_at: ago(30 * 24 + 12),
      }),
    },
    ask: path(`ticketing.pending_attempts('${one}', 'a', 'test', 2)`, 'attempts[*].attemptId'),
    answer: [],
  },
  'due_orphans: one waited long enough': {
    tables: { ...quiet, 'venuekit.orphan_payments': only({ ...orphan(0), due_at: halfADay }) },
    ask: path("venuekit.due_orphans('a', 2)", 'orphans[*].sessionId'),
    answer: [0],
  },
  'due_webhooks: one waited long enough': {
    tables: { ...quiet, 'venuekit.webhooks': only({ ...webhook(0), next_try_at: halfADay }) },
    ask: path('venuekit.due_webhooks(2)', 'webhooks[*].gatewayEventId'),
    answer: [0],
  },
  'purge_changes: more than an hour old': {
    tables: {
      'feed.change_horizon': none,
      'feed.changes': only({
        xid: '10',
        seq: 9,
        venue_id: one,
        feed_id: one,
        post_id: one,
        kind: 'post',
        changed_at: halfADay,
      }),
    },
    ask: path('feed.purge_changes()', 'removed'),
    answer: [1],
  },
  'fail_alerts: again in a while': {
    tables: leasedAlert,
    before: `select venuekit.fail_alerts('s', '["0"]', 'w', 'no', true, null)`,
    ask: holds(`(select d.due_at > '${halfADay}' and s.retry_at > '${halfADay}'
      from venuekit.alert_deliveries d, venuekit.alert_sinks s)`),
    answer: [1],
  },
  'finish_alerts: sent now': {
    tables: leasedAlert,
    before: `select venuekit.finish_alerts('s', 'w', 'raised', '[{"fingerprint": "0", "episode": 1, "amount": 1}]')`,
    ask: holds(`(select least(told_at, sent_at) > '${halfADay}' from venuekit.alert_deliveries)`),
    answer: [1],
  },
  'check_event: looked at now': {
    tables: { ...quiet, ...ended, 'ticketing.health_checkpoints': none, 'ticketing.order_items': none },
    before: `select ticketing.check_event('${one}')`,
    ask: holds(`(select checked_at > '${halfADay}' from ticketing.health_checkpoints)`),
    answer: [1],
  },
  'create_upload: made now': {
    tables: {
      'feed.feeds': only({ feed_id: one, venue_id: one, name: 'News', created_at: dayOf(0) }),
      'feed.media': none,
    },
    before: `select feed.create_upload('${one}', '${one}', '${one}', 'ada', 'image', 'image/jpeg', 1, 'test', '9', null, 5)`,
    ask: holds(`(select created_at > '${halfADay}' from feed.media)`),
    answer: [1],
  },
  'take_rate: a window begins now': {
    tables: { 'venuekit.rate_counters': none },
    before: `select venuekit.take_rate('[{"bucket": "a", "maximum": 1, "windowSeconds": 60}]')`,
    ask: holds("(select ends_at > now() - interval '1 hour' from venuekit.rate_counters)"),
    answer: [1],
  },
}

test.each(Object.entries(moments))('%s', async (_, moment) => {
  expect(await tables.answer(moment)).toEqual(moment.answer)
})
