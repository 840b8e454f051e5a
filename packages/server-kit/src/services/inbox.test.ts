import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { openWebhookPost, type WebhookPost } from '../testing/webhookPost.ts'

let stage: TestKit
let desk: OrderDesk
let post: WebhookPost
const open = async (change = {}) => {
  stage = await startTestKit(change)
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  post = openWebhookPost(stage)
}
beforeAll(() => open(), 60_000)
afterAll(() => stage.close())
beforeEach(async () => {
  stage.alerts.splice(0)
  stage.twin.control.clearFaults()
  await stage.twin.control.advance(24 * 3600_000)
})

const query = <Row = Record<string, unknown>>(sql: string, parameters: unknown[] = []) =>
  stage.database.withOwner(connection => connection.query<Row>(sql, parameters))

const inbox = async (id: string) => {
  const [row] = await query<{ status: string; tries: number; note: string | null }>(
    'select status, tries, note from venuekit.webhooks where gateway_event_id = $1',
    [id],
  )
  return row
}

/** Lets the sweeper try until the event is done or given up; answers the minutes it took. */
const sweep = async (id: string): Promise<number> => {
  for (let minutes = 0; minutes < 120; minutes += 1) {
    if ((await inbox(id))?.status !== 'pending') return minutes
    await stage.twin.control.advance(60_000)
    await stage.kit.jobs.run('process-webhooks')
  }
  throw new Error('the event stayed pending')
}

const paid = async () => {
  const placed = await desk.order(await stage.createEvent())
  const events = await post.collect(() => stage.twin.control.pay(sessionOf(placed)))
  const event = events.find(({ type }) => type === 'checkout.session.completed')
  if (!event) throw new Error('the gateway sent no completion')
  return { placed, event }
}

/** As if the order had been lost, with all that belongs to it. */
const forget = async (orderId: string): Promise<void> => {
  for (const table of ['attempts', 'order_items', 'orders']) {
    await query(`delete from ticketing.${table} where order_id = $1`, [orderId])
  }
}

test('an event that fails again and again is given up with one alert, and does its work once it is replayed', async () => {
  const { placed, event } = await paid()
  stage.twin.control.addFault({ kind: 'error', status: 400, method: 'GET', times: 100 })
  expect((await post.deliver(event)).status).toBe(503)
  const minutes = await sweep(event.id)
  expect(minutes).toBeGreaterThan(30)
  expect(await inbox(event.id)).toMatchObject({ status: 'dead', tries: 12 })
  await stage.kit.drain()
  expect(stage.alerts).toMatchObject([{ code: 'dead_webhooks', amount: 1 }])
  expect((await post.deliver(event)).body).toEqual({ status: 'dead' })
  expect((await desk.show(placed)).status).not.toBe('fulfilled')

  stage.twin.control.clearFaults()
  const target = { account: stage.twin.account, gateway_event_id: event.id }
  expect(await stage.database.call('venuekit.replay_webhook', target)).toEqual({ outcome: 'pending' })
  await sweep(event.id)
  expect(await inbox(event.id)).toMatchObject({ status: 'done' })
  expect((await desk.show(placed)).status).toBe('fulfilled')
  expect(await stage.database.call('venuekit.replay_webhook', { ...target, gateway_event_id: 'evt_none' })).toEqual({
    outcome: 'not_found',
  })
})

test.each([
  ['is away', 503],
  ['does not take the key', 401],
])(
  'a gateway that %s for hours costs no event its tries, and its work is done minutes after that',
  async (_what, status) => {
    const { placed, event } = await paid()
    stage.twin.control.addFault({ kind: 'error', status, method: 'GET', times: 10_000 })
    expect((await post.deliver(event)).status).toBe(503)
    for (let minutes = 0; minutes < 6 * 60; minutes += 30) {
      await stage.twin.control.advance(30 * 60_000)
      await stage.kit.jobs.run('process-webhooks')
    }
    expect(await inbox(event.id)).toMatchObject({ status: 'pending', tries: 0 })
    stage.twin.control.clearFaults()
    expect(await sweep(event.id)).toBeLessThanOrEqual(4)
    expect((await desk.show(placed)).status).toBe('fulfilled')
  },
)

/** Stored and due, as if their own requests had died. */
const storeDue = async (ids: readonly string[]) => {
  for (const id of ids) {
    await stage.database.call('venuekit.store_webhook', {
      account: stage.twin.account,
      gateway_event_id: id,
      type: 'product.created',
      mode: 'test',
      payload: { id, type: 'product.created' },
    })
  }
  await stage.twin.control.advance(2 * 60_000)
}

test('an event about which the gateway is slow keeps no other waiting', async () => {
  const { placed, event } = await paid()
  const slow = { ...event, id: `evt_${crypto.randomUUID()}`, data: { object: { ...event.data.object, id: 'cs_slow' } } }
  for (const one of [slow, event]) {
    await stage.database.call('venuekit.store_webhook', {
      account: stage.twin.account,
      gateway_event_id: one.id,
      type: one.type,
      mode: 'test',
      payload: { ...one },
    })
  }
  await stage.twin.control.advance(2 * 60_000)
  const { getSession } = stage.gateway
  let answer = (_error: Error) => {}
  stage.gateway.getSession = sessionId =>
    sessionId === 'cs_slow'
      ? new Promise((_resolve, reject) => (answer = reject))
      : getSession.call(stage.gateway, sessionId)
  const running = stage.kit.jobs.run('process-webhooks')
  await expect.poll(async () => (await inbox(event.id))?.status).toBe('done')
  expect((await desk.show(placed)).status).toBe('fulfilled')
  answer(new Error('at last'))
  expect(await running).toMatchObject({ report: { done: 1, pending: 1 } })
  stage.gateway.getSession = getSession
})

test('an event whose end cannot be noted keeps no other waiting, and the run fails', async () => {
  const ids = Array.from({ length: 60 }, () => `evt_${crypto.randomUUID()}`)
  await storeDue(ids)
  const [, second = ''] = ids
  const { call } = stage.database
  stage.database.call = async (name, args) => {
    if ('gateway_event_id' in args && args.gateway_event_id === second) throw new Error('no room on the disk')
    return call(name, args)
  }
  await expect(stage.kit.jobs.run('process-webhooks')).rejects.toThrow('no room on the disk')
  stage.database.call = call
  for (const id of ids) expect((await inbox(id))?.status).toBe(id === second ? 'pending' : 'done')
  await sweep(second)
})

test('replaying an event that is done changes nothing but its record', async () => {
  const { placed, event } = await paid()
  await post.deliver(event)
  const before = await desk.show(placed)
  await stage.database.call('venuekit.replay_webhook', { account: stage.twin.account, gateway_event_id: event.id })
  await sweep(event.id)
  expect({ ...(await desk.show(placed)), serverNow: '' }).toEqual({ ...before, serverNow: '' })
  await stage.database.withOwner(checkInvariants)
})

test.each([
  ['another account', { account: 'acct_other' }, 'ignored: account acct_other'],
  ['live mode', { livemode: true }, 'ignored: live event, the kit runs in test mode'],
])(
  'an event of %s that was stored and never finished is ignored by the sweeper as well',
  async (_what, change, note) => {
    const { placed, event } = await paid()
    const strange = { ...event, id: `evt_${crypto.randomUUID()}`, ...change }
    await post.deliver(strange)
    await query(`update venuekit.webhooks set status = 'pending', note = null where gateway_event_id = $1`, [
      strange.id,
    ])
    await sweep(strange.id)
    expect(await inbox(strange.id)).toMatchObject({ status: 'done', note })
    expect((await desk.show(placed)).status).not.toBe('fulfilled')
  },
)

test('the expiry of a session, delivered after its payment, takes nothing back', async () => {
  const { placed, event } = await paid()
  await post.deliver(event)
  const late = { ...event, id: `evt_${crypto.randomUUID()}`, type: 'checkout.session.expired' }
  expect((await post.deliver(late)).status).toBe(200)
  expect(await desk.show(placed)).toMatchObject({ status: 'fulfilled', tickets: [{ status: 'valid' }] })
})

test('a refund that is heard of before its payment brings the payment with it', async () => {
  const { placed, event } = await paid()
  const headers = { authorization: `Bearer ${stage.twin.secretKey}` }
  const charges = await fetch(`${stage.twin.url}/v1/charges?payment_intent=${event.data.object.payment_intent}`, {
    headers,
  })
  const [charge] = ((await charges.json()) as { data: { id: string }[] }).data
  const news = await post.collect(() => stage.twin.control.refundInDashboard(charge?.id ?? ''))
  for (const one of [...news].reverse()) expect((await post.deliver(one)).status).toBe(200)
  await post.deliver(event)
  expect(await desk.show(placed)).toMatchObject({ status: 'refunded', tickets: [{ status: 'void' }] })
  await stage.database.withOwner(checkInvariants)
})

test('more events than one batch are all worked on in one run', async () => {
  await storeDue(Array.from({ length: 120 }, () => `evt_${crypto.randomUUID()}`))
  expect(await stage.kit.jobs.run('process-webhooks')).toMatchObject({ report: { done: 120, pending: 0, dead: 0 } })
})

test('money whose order appears within a quarter of an hour is given to it, and nobody is told', async () => {
  const { placed, event } = await paid()
  const saved: Record<string, string> = {}
  for (const table of ['orders', 'order_items', 'attempts']) {
    const [row] = await query<{ rows: string }>(
      `select coalesce(json_agg(t), '[]')::text as rows from ticketing.${table} t where order_id = $1`,
      [placed.order.id],
    )
    saved[table] = row?.rows ?? '[]'
  }
  await forget(placed.order.id)
  expect((await post.deliver(event)).status).toBe(503)
  expect(await query('select status from venuekit.orphan_payments where session_id = $1', [sessionOf(placed)])).toEqual(
    [{ status: 'waiting' }],
  )
  for (const [table, rows] of Object.entries(saved)) {
    await query(`insert into ticketing.${table} select * from json_populate_recordset(null::ticketing.${table}, $1)`, [
      rows,
    ])
  }
  expect((await post.deliver(event)).status).toBe(200)
  await stage.twin.control.advance(20 * 60_000)
  await stage.kit.jobs.run('process-webhooks')
  expect(await query('select status from venuekit.orphan_payments where session_id = $1', [sessionOf(placed)])).toEqual(
    [{ status: 'claimed' }],
  )
  expect((await desk.show(placed)).status).toBe('fulfilled')
  await stage.kit.drain()
  expect(stage.alerts).toEqual([])
})

test('money that a person sent back at the gateway needs nobody a day later, though the news of it were lost', async () => {
  const { placed, event } = await paid()
  await forget(placed.order.id)
  await post.deliver(event)
  await stage.twin.control.advance(16 * 60_000)
  await stage.kit.jobs.run('process-webhooks')
  const orphan = () => query('select status from venuekit.orphan_payments where session_id = $1', [sessionOf(placed)])
  expect(await orphan()).toEqual([{ status: 'review' }])
  await stage.twin.control.advance(25 * 3600_000)
  await stage.kit.jobs.run('process-webhooks')
  expect(await orphan()).toEqual([{ status: 'review' }])

  const charges = await fetch(`${stage.twin.url}/v1/charges?limit=1`, {
    headers: { authorization: `Bearer ${stage.twin.secretKey}` },
  })
  const [charge] = ((await charges.json()) as { data: { id: string }[] }).data
  stage.twin.control.refundInDashboard(charge?.id ?? '')
  await stage.twin.control.advance(25 * 3600_000)
  await stage.kit.jobs.run('process-webhooks')
  expect(await orphan()).toEqual([{ status: 'refunded' }])
  expect(await query("select from venuekit.alerts where kind = 'orphan_payment' and resolved_at is null")).toEqual([])
})

test('where the host chose so, money whose order never comes goes back once, also when the answer is lost', async () => {
  await stage.close()
  await open({ orphanPayments: 'refund' })
  const { placed, event } = await paid()
  await forget(placed.order.id)
  expect((await post.deliver(event)).status).toBe(503)
  stage.twin.control.addFault({ kind: 'lost_answer', path: '/v1/refunds', method: 'POST', times: 2 })
  await stage.twin.control.advance(16 * 60_000)
  await stage.kit.jobs.run('process-webhooks')
  const orphan = () => query('select status from venuekit.orphan_payments where session_id = $1', [sessionOf(placed)])
  expect(await orphan()).toEqual([{ status: 'refunding' }])
  // A day later the gateway has forgotten the key; the refund is looked for, and found.
  await stage.twin.control.advance(25 * 3600_000)
  stage.twin.control.forgetKeys()
  await stage.kit.jobs.run('process-webhooks')
  expect(await orphan()).toEqual([{ status: 'refunded' }])
  const refunds = await fetch(`${stage.twin.url}/v1/refunds`, {
    headers: { authorization: `Bearer ${stage.twin.secretKey}` },
  })
  expect(((await refunds.json()) as { data: unknown[] }).data).toMatchObject([{ amount: 2500, status: 'succeeded' }])
  await stage.kit.drain()
  expect(stage.alerts).toMatchObject([{ code: 'orphan_payment', fields: { policy: 'refund' } }])
})
