import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { openFeedDesk } from '../../src/testing/feedDesk.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop, type TestShop } from '../../src/testing/testShop.ts'
import { type HeldRows, holdRows } from './heldRows.ts'

let postgres: TestPostgres
let database: MigratableDatabase
let held: HeldRows
let shop: TestShop
beforeAll(async () => {
  postgres = await startTestPostgres()
  database = (await postgres.createDatabase()).open({ poolSize: 8 })
  held = await holdRows(database)
})
beforeEach(async () => {
  await held.arrange()
  shop = await openTestShop(database)
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
})

const worker = { worker: 'one', lease_seconds: 60 }
const mails = { recipient: 'buyer', busy_ids: [] } as const
const lock = (table: string, where: string) => `select from ${table} where ${where} for no key update`
const upload = async (change: Record<string, unknown>) => {
  const desk = await openFeedDesk({ database, venue: { venueId: shop.venueId, key: '', origin: '' } }, () => {
    throw new Error('no API here')
  })
  return desk.upload('ada', change)
}
const buy = async () => {
  const orderId = await shop.hold()
  const { sessionId } = await shop.checkout(orderId)
  await shop.complete(orderId, shop.payment(sessionId))
  return orderId
}
const expire = () => database.call('ticketing.begin_expiry', { event_id: shop.eventId, max_orders: 10 })
/** Just long enough ago, where an hour or a day and an hour are. */
const anHourAgo = '2030-01-01T09:00:00Z'
const aDayAgo = '2029-12-31T09:00:00Z'

interface Take {
  hold: string
  /** How many it took. */
  take: () => Promise<number>
}

/** Before the ninety days, by less than one. */
const longAgo = '2029-10-03T00:00:00Z'
/** Two rows, `a` and `b`, that a purge may take at once. */
const first = crypto.randomUUID()
type Purge = `venuekit.purge_${'webhooks' | 'alerts' | 'orphans' | 'reconciliations' | 'job_runs' | 'message_errors'}`
const purge =
  (name: Purge, table: string, row: Record<string, unknown>, key: string): (() => Promise<Take>) =>
  async () => {
    const columns = Object.keys(row).join(', ')
    await shop.query(`delete from ${table}`)
    for (const id of ['a', 'b']) {
      await shop.query(
        `insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1)`,
        [JSON.stringify(row).replaceAll('"?"', id === 'a' ? `"${first}"` : `"${crypto.randomUUID()}"`)],
      )
    }
    const take = async () => (await database.call(name, { days: 90, max_rows: 10 })).removed
    return { hold: lock(table, `${key} = '${first}'`), take }
  }

/** Two wait for each, and somebody holds one. */
const takers: Record<string, () => Promise<Take>> = {
  'begin_expiry: due holds': async () => {
    const [first] = [await shop.hold(), await shop.hold()]
    await shop.query('update ticketing.orders set hold_expires_at = $2 where event_id = $1', [shop.eventId, anHourAgo])
    return { hold: lock('ticketing.orders', `order_id = '${first}'`), take: async () => (await expire()).released }
  },
  'begin_expiry: orders at the fence': async () => {
    const [first] = [await shop.hold(), await shop.hold()]
    await shop.query(
      "update ticketing.orders set status = 'expiring', release_reason = 'expired' where event_id = $1",
      [shop.eventId],
    )
    return { hold: lock('ticketing.orders', `order_id = '${first}'`), take: async () => (await expire()).released }
  },
  call_off_orders: async () => {
    const [first] = [await buy(), await buy()]
    await database.call('ticketing.cancel_event', { event_id: shop.eventId, actor: 'Ida', reason: null })
    const take = async () =>
      (await database.call('ticketing.call_off_orders', { event_id: shop.eventId, max_orders: 10 })).calledOff
    return { hold: lock('ticketing.orders', `order_id = '${first}'`), take }
  },
  take_refunds: async () => {
    const [first] = [await buy(), await buy()]
    await database.call('ticketing.cancel_event', { event_id: shop.eventId, actor: 'Ida', reason: null })
    await database.call('ticketing.call_off_orders', { event_id: shop.eventId, max_orders: 10 })
    const args = { event_id: shop.eventId, max_refunds: 10, ...worker }
    const take = async () => (await database.call('ticketing.take_refunds', args)).refunds.length
    return { hold: lock('ticketing.refunds', `order_id = '${first}'`), take }
  },
  take_messages: async () => {
    await shop.query("update venuekit.outbox set status = 'sent'")
    const [first] = [await buy(), await buy()]
    await shop.query("delete from venuekit.outbox where kind <> 'tickets'")
    const take = async () =>
      (await database.call('venuekit.take_messages', { ...mails, max_messages: 10, ...worker })).messages.length
    return { hold: lock('venuekit.outbox', `order_id = '${first}'`), take }
  },
  take_alerts: async () => {
    for (const fingerprint of ['a', 'b']) {
      await database.call('venuekit.record_alert', { fingerprint, kind: 'webhooks', detail: {}, once: false })
    }
    const args = {
      sink: 's',
      max_messages: 10,
      cool_down_seconds: 60,
      remind_seconds: null,
      burst_messages: 5,
      ...worker,
    }
    await database.call('venuekit.take_alerts', { ...args, max_messages: 0 })
    const take = async () => (await database.call('venuekit.take_alerts', args)).alerts.length
    return { hold: lock('venuekit.alert_deliveries', "fingerprint = 'a'"), take }
  },
  purge_rates: async () => {
    await shop.query("insert into venuekit.rate_counters values ('a', $1, 1), ('b', $1, 1)", [anHourAgo])
    const take = async () => (await database.call('venuekit.purge_rates', { max_rows: 10 })).removed
    return { hold: lock('venuekit.rate_counters', "bucket = 'a'"), take }
  },
  purge_webhooks: purge(
    'venuekit.purge_webhooks',
    'venuekit.webhooks',
    {
      account: 'a',
      gateway_event_id: '?',
      type: 'x',
      mode: 'test',
      payload: {},
      status: 'done',
      received_at: longAgo,
      next_try_at: longAgo,
      finished_at: longAgo,
    },
    'gateway_event_id',
  ),
  purge_alerts: purge(
    'venuekit.purge_alerts',
    'venuekit.alerts',
    {
      fingerprint: '?',
      kind: 'x',
      detail: {},
      raised_at: longAgo,
      seen_at: longAgo,
      resolved_at: longAgo,
    },
    'fingerprint',
  ),
  purge_orphans: purge(
    'venuekit.purge_orphans',
    'venuekit.orphan_payments',
    {
      account: 'a',
      session_id: '?',
      event_id: first,
      order_id: first,
      amount_minor: 1,
      currency: 'USD',
      status: 'refunded',
      first_seen_at: longAgo,
      due_at: longAgo,
      ended_at: longAgo,
    },
    'session_id',
  ),
  purge_reconciliations: purge(
    'venuekit.purge_reconciliations',
    'venuekit.reconciliations',
    {
      run_id: '?',
      account: 'a',
      scheduled: false,
      window_from: longAgo,
      window_until: longAgo,
      status: 'finished',
      worker: 'w',
      started_at: longAgo,
      touched_at: longAgo,
      finished_at: longAgo,
    },
    'run_id',
  ),
  purge_job_runs: async () => {
    const { hold, take } = await purge(
      'venuekit.purge_job_runs',
      'venuekit.job_runs',
      { job: 'sweep', slot: '?', run_id: first, worker: 'w', taken_at: longAgo },
      'slot',
    )()
    // The newest stays.
    await shop.query(
      "insert into venuekit.job_runs (job, slot, run_id, worker, taken_at) values ('sweep', 'now', $1, 'w', $2)",
      [first, anHourAgo],
    )
    return { hold, take }
  },
  purge_message_errors: purge(
    'venuekit.purge_message_errors',
    'venuekit.outbox',
    {
      message_id: '?',
      kind: 'tickets',
      event_id: first,
      order_id: '?',
      version: 1,
      status: 'sent',
      created_at: longAgo,
      due_at: longAgo,
      sent_at: longAgo,
      last_error: 'no',
    },
    'message_id',
  ),
  due_uploads: async () => {
    const change = { status: 'processing', url: null, created_at: anHourAgo, changed_at: anHourAgo }
    const [first] = [await upload(change), await upload(change)]
    const take = async () =>
      (await database.call('feed.due_uploads', { store: 'test', max_uploads: 10 })).uploads.length
    return { hold: lock('feed.media', `upload_id = '${first}'`), take }
  },
  'abandon_uploads: what no post took': async () => {
    await shop.query('delete from feed.media')
    const [first] = [await upload({ created_at: aDayAgo }), await upload({ created_at: aDayAgo })]
    const take = async () => (await database.call('feed.abandon_uploads', { max_uploads: 10 })).abandoned
    return { hold: lock('feed.media', `upload_id = '${first}'`), take }
  },
  'abandon_uploads: what was let go': async () => {
    await shop.query('delete from feed.media')
    const change = { created_at: aDayAgo, removed_at: aDayAgo }
    const [first] = [await upload(change), await upload(change)]
    const take = async () => (await database.call('feed.abandon_uploads', { max_uploads: 10 })).dropped
    return { hold: lock('feed.media', `upload_id = '${first}'`), take }
  },
  take_media_removals: async () => {
    await shop.query('delete from feed.media_removals')
    await shop.query("insert into feed.media_removals values ('test', 'a', $1, $1), ('test', 'b', $1, $1)", [anHourAgo])
    const args = { stores: ['test'], max_removals: 10, ...worker }
    const take = async () => (await database.call('feed.take_media_removals', args)).removals.length
    return { hold: lock('feed.media_removals', "store_key = 'a'"), take }
  },
}

test.each(Object.entries(takers))(
  '%s: what somebody else holds is left for later, and the rest taken at once',
  async (_, arrange) => {
    const { hold, take } = await arrange()
    expect(await held.pass({ hold, call: take })).toBe(1)
    expect(await held.staleTables()).toEqual([])
    expect(await take()).toBe(1)
  },
)
