import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { type FeedDesk, openFeedDesk } from '../../src/testing/feedDesk.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop, type TestShop, testAccount } from '../../src/testing/testShop.ts'
import { type HeldRows, holdRows } from './heldRows.ts'

let postgres: TestPostgres
let database: MigratableDatabase
let held: HeldRows
let shop: TestShop
let desk: FeedDesk
beforeAll(async () => {
  postgres = await startTestPostgres()
  database = (await postgres.createDatabase()).open({ poolSize: 8 })
  held = await holdRows(database)
})
beforeEach(async () => {
  await held.arrange()
  shop = await openTestShop(database, { pools: [{ capacity: 10 }] })
  desk = await openFeedDesk({ database, venue: { venueId: shop.venueId, key: '', origin: '' } }, () => {
    throw new Error('no API here')
  })
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
})

type Call = () => Promise<unknown>
const id = () => crypto.randomUUID()
const actor = 'Ida'
const worker = 'one'
const event = () => ({ event_id: shop.eventId })
const buy = async (): Promise<string> => {
  const orderId = await shop.hold()
  const { sessionId } = await shop.checkout(orderId)
  await shop.complete(orderId, shop.payment(sessionId))
  return orderId
}
const viewer = () => ({ venue_id: shop.venueId, viewer_id: 'ada', moderator: false })
const post = async (): Promise<string> => {
  const answer = await database.call('feed.create_post', {
    feed_id: desk.feedId,
    venue_id: shop.venueId,
    post_id: id(),
    client_id: id(),
    author: { id: 'ada', name: 'Ada', avatarUrl: null },
    moderator: false,
    text: 'hello',
    media: [],
    media_kinds: [],
    request_hash: 'hello',
  })
  if (!('post' in answer)) throw new Error(answer.outcome)
  return answer.post.id
}
const storeWebhook = async () => {
  const own = { account: testAccount, gateway_event_id: id() }
  await database.call('venuekit.store_webhook', { ...own, type: 'charge.succeeded', mode: 'test', payload: {} })
  return own
}
const takeMessage = async (): Promise<string> => {
  await shop.query("update venuekit.outbox set status = 'sent'")
  await buy()
  const { messages } = await database.call('venuekit.take_messages', {
    recipient: 'buyer',
    max_messages: 1,
    worker,
    lease_seconds: 60,
    busy_ids: [],
  })
  return messages[0]?.messageId ?? ''
}
const buyTicket = async (): Promise<string> => {
  const orderId = await buy()
  const [ticket] = await shop.query<{ ticket_id: string }>(
    'select ticket_id from ticketing.tickets where event_id = $1 and order_id = $2',
    [shop.eventId, orderId],
  )
  return ticket?.ticket_id ?? ''
}
const admit = async (ticket_id: string): Promise<{ nonce: string }> => {
  const nonce = id()
  await database.call('ticketing.check_in', { ...event(), ...scan, nonce, ticket_id })
  return { nonce }
}
const keepOrphan = async () => {
  const own = { account: testAccount, session_id: id() }
  await database.call('venuekit.keep_orphan', {
    ...own,
    payment_intent_id: null,
    event_id: shop.eventId,
    order_id: id(),
    amount_minor: 100,
    currency: 'USD',
  })
  return own
}
const beginRun = async () => {
  const run = { run_id: id(), worker }
  const window = { window_from: '2029-01-01T00:00:00Z', window_until: '2029-01-02T00:00:00Z', overlap_seconds: 0 }
  await database.call('venuekit.begin_reconciliation', { ...run, account: run.run_id, ...window })
  return run
}
const scan = { code_version: 1, gate: null, device: null, scanned_at: null, patient: true }
const alert = () => ({ fingerprint: id(), kind: 'webhooks', detail: {}, once: false })
const slot = (job: string) => ({ job, worker, every_seconds: 60, daily_at: null, time_zone: null })

/** What writes or answers a time, ready to be called. */
const calls: Record<string, () => Promise<Call>> = {
  create_venue: async () => () => database.call('venuekit.create_venue', { venue_id: id(), name: 'Other' }),
  set_key: async () => () =>
    database.call('venuekit.set_key', {
      publishable_key: `vk_pub_${id()}`,
      venue_id: shop.venueId,
      allowed_origins: [],
    }),
  read_clock: async () => () => database.call('venuekit.read_clock', {}),
  create_event: async () => () => openTestShop(database),
  create_pool: async () => () =>
    database.call('ticketing.create_pool', { ...event(), pool: { id: id(), name: 'Balcony', capacity: 5 } }),
  create_tier: async () => () =>
    database.call('ticketing.create_tier', {
      ...event(),
      tier: { id: id(), name: 'Balcony', priceMinor: 500, capacity: 5 },
    }),
  set_tier_capacity: async () => () =>
    database.call('ticketing.set_tier_capacity', { ...event(), tier_id: shop.tierIds[0] ?? '', capacity: 9, actor }),
  set_pool_capacity: async () => () =>
    database.call('ticketing.set_pool_capacity', { ...event(), pool_id: shop.poolIds[0] ?? '', capacity: 20, actor }),
  cancel_event: async () => () => database.call('ticketing.cancel_event', { ...event(), actor, reason: null }),
  reserve_order: async () => () => shop.reserve(),
  create_house_order: async () => () =>
    database.call('ticketing.create_house_order', {
      ...event(),
      order_id: id(),
      kind: 'comp',
      client_key: id(),
      request_hash: 'hash',
      items: [{ tierId: shop.tierIds[0] ?? '', quantity: 1 }],
      buyer: { name: 'Ada', email: 'ada@example.com' },
      payment: null,
      source: { kind: 'comp', actor },
    }),
  get_order: async () => {
    const order_id = await shop.hold()
    return () => database.call('ticketing.get_order', { ...event(), order_id })
  },
  claim_purchase: async () => {
    const order_id = await buy()
    return () => database.call('ticketing.claim_purchase', { ...event(), order_id })
  },
  record_repair: async () => () =>
    database.call('ticketing.record_repair', {
      ...event(),
      kind: 'capacity',
      actor,
      tier_id: null,
      pool_id: null,
      order_id: null,
      before: {},
      after: {},
    }),
  repair_counter: async () => {
    await shop.query('update ticketing.tier_inventory set reserved = 5 where event_id = $1', [shop.eventId])
    const tier_id = shop.tierIds[0] ?? ''
    return () => database.call('ticketing.repair_counter', { ...event(), tier_id, pool_id: null, actor })
  },
  restart_refund: async () => {
    const order_id = await buy()
    await database.call('ticketing.cancel_event', { ...event(), actor, reason: null })
    await database.call('ticketing.call_off_orders', { ...event(), max_orders: 10 })
    const taken = await database.call('ticketing.take_refunds', {
      ...event(),
      max_refunds: 1,
      worker,
      lease_seconds: 60,
    })
    const refund_id = taken.refunds[0]?.refundId ?? ''
    return () => database.call('ticketing.restart_refund', { ...event(), order_id, refund_id, worker })
  },
  begin_reconciliation: async () => beginRun,
  finish_reconciliation: async () => {
    const run = await beginRun()
    return () => database.call('venuekit.finish_reconciliation', { ...run, report: {} })
  },
  store_webhook: async () => storeWebhook,
  finish_webhook: async () => {
    const own = await storeWebhook()
    return () => database.call('venuekit.finish_webhook', { ...own, note: 'done' })
  },
  fail_webhook: async () => {
    const own = await storeWebhook()
    return () => database.call('venuekit.fail_webhook', { ...own, error: 'no', is_outage: false })
  },
  replay_webhook: async () => {
    const own = await storeWebhook()
    await database.call('venuekit.finish_webhook', { ...own, note: 'done' })
    return () => database.call('venuekit.replay_webhook', own)
  },
  finish_message: async () => {
    const message_id = await takeMessage()
    return () => database.call('venuekit.finish_message', { message_id, worker })
  },
  fail_message: async () => {
    const message_id = await takeMessage()
    return () => database.call('venuekit.fail_message', { message_id, worker, error: 'no' })
  },
  replay_message: async () => {
    const message_id = await takeMessage()
    await shop.query("update venuekit.outbox set status = 'dead', leased_by = null, leased_until = null")
    return () => database.call('venuekit.replay_message', { message_id })
  },
  check_in: async () => {
    const ticket_id = await buyTicket()
    return () => admit(ticket_id)
  },
  undo_check_in: async () => {
    const { nonce } = await admit(await buyTicket())
    return () => database.call('ticketing.undo_check_in', { ...event(), nonce, actor, reason: null })
  },
  reissue_ticket: async () => {
    const ticket_id = await buyTicket()
    return () =>
      database.call('ticketing.reissue_ticket', { ...event(), ticket_id, code_version: 1, actor, reason: null })
  },
  keep_orphan: async () => keepOrphan,
  settle_orphan: async () => {
    const own = await keepOrphan()
    return () => database.call('venuekit.settle_orphan', { ...own, status: 'settled', note: null })
  },
  record_alert: async () => () => database.call('venuekit.record_alert', alert()),
  'record_alert: opened anew': async () => {
    const raised = alert()
    await database.call('venuekit.record_alert', raised)
    await database.call('venuekit.resolve_alert', { fingerprint: raised.fingerprint })
    return () => database.call('venuekit.record_alert', raised)
  },
  resolve_alert: async () => {
    const raised = alert()
    await database.call('venuekit.record_alert', raised)
    return () => database.call('venuekit.resolve_alert', { fingerprint: raised.fingerprint })
  },
  take_job_slot: async () => {
    const job = id()
    return () => database.call('venuekit.take_job_slot', slot(job))
  },
  touch_job_run: async () => {
    const job = id()
    const run = await database.call('venuekit.take_job_slot', slot(job))
    if (!run.taken) throw new Error(run.reason)
    const key = { job, slot: run.slot, run_id: run.runId }
    return () => database.call('venuekit.touch_job_run', key)
  },
  finish_job_slot: async () => {
    const job = id()
    const run = await database.call('venuekit.take_job_slot', slot(job))
    if (!run.taken) throw new Error(run.reason)
    const key = { job, slot: run.slot, run_id: run.runId }
    return () => database.call('venuekit.finish_job_slot', { ...key, failed: false, report: {} })
  },
  create_feed: async () => () =>
    database.call('feed.create_feed', { feed_id: id(), venue_id: shop.venueId, name: 'News' }),
  delete_post: async () => {
    const post_id = await post()
    return () => database.call('feed.delete_post', { ...viewer(), post_id })
  },
  set_reaction: async () => {
    const post_id = await post()
    return () => database.call('feed.set_reaction', { ...viewer(), post_id, reacted: true })
  },
  pin_post: async () => {
    const post_id = await post()
    return () => database.call('feed.pin_post', { post_id, venue_id: shop.venueId, viewer_id: 'mod', pinned: true })
  },
  report_post: async () => {
    const post_id = await post()
    const report = { report_id: id(), viewer_id: 'eve', viewer_name: 'Eve', reason: 'spam', note: null }
    return () => database.call('feed.report_post', { post_id, venue_id: shop.venueId, ...report })
  },
  cancel_upload: async () => {
    const upload_id = await desk.upload('ada')
    return () => database.call('feed.cancel_upload', { upload_id, venue_id: shop.venueId, viewer_id: 'ada' })
  },
  fail_media_removal: async () => {
    const upload_id = await desk.upload('ada')
    await database.call('feed.cancel_upload', { upload_id, venue_id: shop.venueId, viewer_id: 'ada' })
    return () => database.call('feed.fail_media_removal', { store: 'test', store_key: upload_id, error: 'no' })
  },
}

test.each(Object.entries(calls))('%s is of now', async (_, prepare) => {
  const answer = await held.pass({ hold: 'select 1', call: await prepare() })
  expect(JSON.stringify(answer)).not.toContain('2029-12-31')
  expect(await held.staleTables()).toEqual([])
})
