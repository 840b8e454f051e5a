import { afterAll, beforeAll, expect, test } from 'vitest'
import { event, media, order, payment, post, refund, tier, tierCounter } from '../testing/bareRows.ts'
import { type BareTables, dayOf, idOf, type OrderCase, openBareTables } from '../testing/bareTables.ts'

let tables: BareTables
beforeAll(async () => {
  tables = await openBareTables()
}, 60_000)
afterAll(() => tables.database.close())

type RowOf = (rank: number) => Record<string, unknown>
const one = idOf(9)
/** One row for all ranks. */
const single = (rowOf: RowOf) => (rank: number) => (rank === 0 ? rowOf(9) : [])
/** All of the one order, or another thing that they have in common. */
const withOne = (rowOf: RowOf, column: string) => (rank: number) => ({ ...rowOf(rank), [column]: one })
const path = (call: string, found: string) => `select jsonb_path_query_array(${call}, '$.${found}') as ids`

const feed = (rank: number) => ({ feed_id: idOf(rank), venue_id: one, name: 'News', created_at: dayOf(0) })
const reportCase = (rank: number) => ({
  post_id: idOf(rank),
  feed_id: one,
  report_count: 1,
  opened_at: dayOf(0),
  position: `${9 - rank}`,
})
const report = (rank: number) => ({
  report_id: idOf(rank),
  post_id: one,
  viewer_id: `${rank}`,
  viewer_name: 'Eve',
  reason: 'spam',
  reported_at: dayOf(3 - rank),
})
const resolved = { resolution: 'keep', resolved_at: dayOf(0), resolved_by: 'Ida' }
const line = (rank: number) => ({
  event_id: one,
  order_id: one,
  line: rank + 1,
  tier_id: idOf(rank),
  quantity: 1,
  unit_price_minor: 1000,
  total_minor: 1000,
  counted_as: 'reserved',
})
const ticket = (rank: number) => ({
  event_id: one,
  order_id: one,
  ticket_id: idOf(rank),
  line: rank + 1,
  ordinal: 1,
  issued_at: dayOf(0),
})
const pool = (rank: number) => ({ event_id: one, pool_id: idOf(rank), position: rank, name: 'Hall' })
const poolCounter = (rank: number) => ({ event_id: one, pool_id: idOf(rank), capacity: 10 })
const change = (rank: number) => ({
  xid: '10',
  seq: rank + 1,
  venue_id: one,
  feed_id: one,
  post_id: idOf(rank),
  kind: 'post',
  changed_at: '2099-01-01T00:00:00Z',
})
const newestIsFirst = (rank: number) => (rank === 0 ? 10 : rank)

const feeds = { 'feed.feeds': single(feed) }
const posts = (more: Record<string, unknown>) => ({
  ...feeds,
  'feed.posts': (rank: number) => ({ ...post(rank), ...more }),
})
const listPosts = path(`feed.list_posts('${one}', '${one}', null, false, null, 2)`, 'items[*].id')
const listReports = (status: string) => path(`feed.list_reports('${one}', '${status}', null, 2)`, 'items[*].post.id')
const readChanges = (size: number) => `feed.read_changes('9-0', ${size})`
const surplus = (rank: number) => ({ ...payment(rank), status: 'surplus' })
const theOrder = { 'ticketing.orders': single(rank => ({ ...order(rank), total_minor: 4000, fulfilled_at: dayOf(0) })) }
const orderJson = `ticketing.order_json('${one}', '${one}', now())`
const adminOrder = `ticketing.get_admin_order('${one}', '${one}')`
const eventJson = `ticketing.event_json('${one}', now(), true)`
const tiers = { 'ticketing.tiers': tier, 'ticketing.tier_inventory': tierCounter }

const answers: Record<string, OrderCase> = {
  'list_feeds: by id': {
    tables: { 'feed.feeds': feed },
    ask: path('feed.list_feeds(null, null, 2)', 'items[*].id'),
    answer: [0, 1],
  },
  'list_posts: the newest pinned ones': {
    tables: posts({ pinned_at: dayOf(0) }),
    ask: listPosts,
    answer: [0, 1],
  },
  'list_posts: the newest others': { tables: posts({}), ask: listPosts, answer: [0, 1] },
  'list_posts: pinned ones before others': {
    tables: {
      ...feeds,
      'feed.posts': rank => ({
        ...post(rank),
        position: post(3 - rank).position,
        pinned_at: rank > 0 ? null : dayOf(0),
      }),
    },
    ask: listPosts,
    answer: [0, 3],
  },
  'list_reports: open cases, the latest first': {
    tables: { ...posts({}), 'feed.report_cases': reportCase, 'feed.reports': () => [] },
    ask: listReports('open'),
    answer: [0, 1],
  },
  'list_reports: resolved cases, the latest first': {
    tables: {
      ...posts({}),
      'feed.report_cases': rank => ({ ...reportCase(rank), ...resolved }),
      'feed.reports': () => [],
    },
    ask: listReports('resolved'),
    answer: [0, 1],
  },
  'case_json: the latest reports first': {
    tables: { ...feeds, 'feed.posts': single(post), 'feed.report_cases': single(reportCase), 'feed.reports': report },
    ask: path(`feed.list_reports('${one}', 'open', null, 1)`, 'items[0].reports[*].id'),
    answer: [0, 1, 2, 3],
  },
  'post_json: media as its author put them': {
    tables: {
      ...feeds,
      'feed.posts': single(post),
      'feed.media': rank => ({ ...media(rank), post_id: one, ordinal: rank, status: 'ready', url: 'x' }),
    },
    ask: path(`feed.list_posts('${one}', '${one}', null, false, null, 1)`, 'items[0].media[*].id'),
    answer: [0, 1, 2, 3],
  },
  'begin_changes: after what is before the first': {
    tables: { 'feed.changes': change },
    ask: "select jsonb_build_array(feed.begin_changes(60) ->> 'cursor') as ids",
    answer: [0],
  },
  'read_changes: the first page': {
    tables: { ...posts({}), 'feed.changes': change, 'feed.change_horizon': () => [] },
    ask: path(readChanges(2), 'changes[*].postId'),
    answer: [0, 1],
  },
  'read_changes: up to where its page is': {
    tables: { ...posts({}), 'feed.changes': change, 'feed.change_horizon': () => [] },
    ask: path(readChanges(2), 'cursor'),
    answer: [2],
  },
  'read_changes: in the order of the changes': {
    tables: { ...posts({}), 'feed.changes': change, 'feed.change_horizon': () => [] },
    ask: path(readChanges(9), 'changes[*].postId'),
    answer: [0, 1, 2, 3],
  },
  'read_changes: each post at its newest change': {
    tables: {
      ...feeds,
      'feed.posts': single(post),
      'feed.changes': rank => ({ ...change(rank), post_id: one, seq: newestIsFirst(rank) }),
      'feed.change_horizon': () => [],
    },
    ask: path(readChanges(9), 'changes[*].cursor'),
    answer: [0],
  },
  'purge_changes: nothing above a younger one': {
    tables: {
      'feed.change_horizon': () => [],
      'feed.changes': rank => ({
        ...change(rank),
        seq: [20, 21, 12, 23][rank],
        changed_at: rank === 1 || rank === 2 ? dayOf(0) : '2099-01-01T00:00:00Z',
      }),
    },
    before: 'select feed.purge_changes()',
    ask: 'select jsonb_agg(seq order by seq) as ids from feed.changes',
    answer: [0, 1, 3],
  },
  'purge_changes: remembers the newest that went': {
    tables: {
      'feed.change_horizon': () => [],
      'feed.changes': rank => ({ ...change(rank), seq: newestIsFirst(rank), changed_at: dayOf(0) }),
    },
    before: 'select feed.purge_changes()',
    ask: 'select jsonb_agg(seq) as ids from feed.change_horizon',
    answer: [0],
  },
  'find_media_fault: the second video, not the first': {
    tables: { 'feed.media': rank => ({ ...media(rank), kind: 'video' }) },
    ask: `select jsonb_build_array(feed.find_media_fault('${one}', 'ada',
      '[{"uploadId": "${idOf(3)}"}, {"uploadId": "${idOf(0)}"}, {"uploadId": "${idOf(1)}"}]', '["video"]') -> 'place') as ids`,
    answer: [1],
  },
  'event_json: tiers by position': {
    tables: { 'ticketing.events': single(event), ...tiers },
    ask: path(eventJson, 'tiers[*].id'),
    answer: [0, 1, 2, 3],
  },
  'event_json: pools by position': {
    tables: {
      'ticketing.events': single(event),
      'ticketing.capacity_pools': pool,
      'ticketing.pool_inventory': poolCounter,
    },
    ask: path(eventJson, 'pools[*].id'),
    answer: [0, 1, 2, 3],
  },
  'list_events: the next show first': {
    tables: { 'ticketing.events': rank => ({ ...event(rank), over_at: '2099-01-01T00:00:00Z' }) },
    ask: path(`ticketing.list_events('${one}', null, 2)`, 'items[*].id'),
    answer: [0, 1],
  },
  'list_admin_events: the latest show first': {
    tables: { 'ticketing.events': rank => ({ ...event(rank), starts_at: dayOf(3 - rank) }) },
    ask: path(`ticketing.list_admin_events('${one}', null, 2)`, 'items[*].id'),
    answer: [0, 1],
  },
  'search_orders: the newest first': {
    tables: {
      'ticketing.events': single(event),
      'ticketing.orders': rank => ({ ...order(rank), created_at: dayOf(3 - rank) }),
    },
    ask: path(`ticketing.search_orders('${one}', null, null, null, 2)`, 'items[*].id'),
    answer: [0, 1],
  },
  'get_admin_order: payments as they came': {
    tables: { ...theOrder, 'ticketing.payments': withOne(surplus, 'order_id'), 'ticketing.refunds': () => [] },
    ask: path(adminOrder, 'order.payments[*].id'),
    answer: [0, 1, 2, 3],
  },
  'get_admin_order: refunds as they were asked for': {
    tables: { ...theOrder, 'ticketing.refunds': withOne(refund, 'order_id'), 'ticketing.refund_tickets': () => [] },
    ask: path(adminOrder, 'order.refunds[*].id'),
    answer: [0, 1, 2, 3],
  },
  'order_json: lines by number': {
    tables: { ...theOrder, ...tiers, 'ticketing.order_items': line },
    ask: path(orderJson, 'items[*].tierId'),
    answer: [0, 1, 2, 3],
  },
  'order_json: tickets by line': {
    tables: { ...theOrder, ...tiers, 'ticketing.order_items': line, 'ticketing.tickets': ticket },
    ask: path(orderJson, 'tickets[*].id'),
    answer: [0, 1, 2, 3],
  },
  'refunded_tickets: by id': {
    tables: {
      'ticketing.tickets': ticket,
      'ticketing.refund_tickets': rank => ({
        event_id: one,
        order_id: one,
        refund_id: one,
        line: rank + 1,
        ordinal: 1,
      }),
    },
    ask: `select to_jsonb(ticketing.refunded_tickets('${one}', '${one}', '${one}')) as ids`,
    answer: [0, 1, 2, 3],
  },
  'ticket_shares: what is left over to the first ticket': {
    tables: { ...theOrder, 'ticketing.order_items': line, 'ticketing.tickets': ticket },
    ask: `select jsonb_agg(s.ticket_id) as ids from ticketing.orders o, ticketing.ticket_shares(o, 4001) s
      where s.share_minor = 1001`,
    answer: [0],
  },
  'find_counter_faults: by counter': {
    tables: {
      ...tiers,
      'ticketing.tier_inventory': rank => ({ ...tierCounter(rank), reserved: 1 }),
      'ticketing.order_items': () => [],
      'ticketing.pool_inventory': () => [],
    },
    ask: `select jsonb_agg(f.tier_id) filter (where f.kind = 'ghost_reservations') as ids
      from ticketing.find_counter_faults('{${one}}', true) f`,
    answer: [0, 1, 2, 3],
  },
  'find_order_faults: by order': {
    tables: { 'ticketing.orders': order, 'ticketing.order_items': () => [], 'ticketing.tickets': () => [] },
    ask: `select jsonb_agg(f.order_id) as ids from ticketing.find_order_faults('{${one}}', null) f`,
    answer: [0, 1, 2, 3],
  },
  'audit_events: findings by event': {
    tables: {
      'ticketing.events': event,
      'ticketing.orders': rank => ({ ...order(rank), event_id: idOf(rank) }),
      'ticketing.tier_inventory': () => [],
    },
    ask: path('ticketing.audit_events(null, 9)', 'events[*].eventId'),
    answer: [0, 1, 2, 3],
  },
  'audit_events: up to so many places sold': {
    tables: {
      'ticketing.events': event,
      'ticketing.orders': rank => ({ ...order(rank), event_id: idOf(rank) }),
      'ticketing.tier_inventory': rank => ({ ...tierCounter(rank), event_id: idOf(rank), reserved: 1 }),
    },
    ask: path('ticketing.audit_events(null, 2)', 'lastEventId'),
    answer: [1],
  },
  'audit_events: at most the first 500': {
    tables: { 'ticketing.events': event, 'ticketing.orders': () => [], 'ticketing.tier_inventory': () => [] },
    before: `insert into ticketing.events
      select (jsonb_populate_record(e, jsonb_build_object('event_id', '10000000-0000-4000-8000-' || lpad(n::text, 12, '0')))).*
      from generate_series(999, 1, -1) n, ticketing.events e where e.event_id = '${idOf(0)}'`,
    // Four, and 496 of those.
    ask: path('ticketing.audit_events(null, 9)', 'lastEventId'),
    answer: [6],
  },
}

test.each(Object.entries(answers))('%s', async (_, answer) => {
  expect(await tables.answer(answer)).toEqual(answer.answer)
})
