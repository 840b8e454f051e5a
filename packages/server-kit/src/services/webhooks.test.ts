import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { databaseImage } from '../testing/databaseImage.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { signWebhook } from '../testing/twin/webhookSignature.ts'

let stage: TestKit
let desk: OrderDesk
beforeAll(async () => {
  stage = await startTestKit()
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
}, 60_000)
afterAll(() => stage.close())
beforeEach(() => void stage.alerts.splice(0))

/** Delivers an event as Stripe would, signed `ageSeconds` ago. */
const deliver = async (
  event: object,
  { ageSeconds = 0, signature }: { ageSeconds?: number; signature?: string } = {},
) => {
  const rawBody = JSON.stringify(event)
  const now = Date.parse(stage.twin.control.clock().now)
  const stamped = signWebhook(rawBody, [stage.twin.webhookSecret], Math.floor(now / 1000) - ageSeconds)
  const headers = { 'stripe-signature': signature ?? stamped }
  return stage.call('POST', '/webhooks/stripe', { key: null, origin: null, rawBody, headers })
}

const eventOf = (type: string, object: object, change: object = {}) => ({
  id: `evt_${crypto.randomUUID().replaceAll('-', '')}`,
  object: 'event',
  api_version: '2026-10-28.endive',
  created: 1_900_000_000,
  livemode: false,
  type,
  data: { object },
  ...change,
})

const inbox = async (id: string) => {
  const [row] = await stage.database.withOwner(connection =>
    connection.query<{ status: string; note: string | null; tries: number }>(
      'select status, note, tries from venuekit.webhooks where gateway_event_id = $1',
      [id],
    ),
  )
  return row
}

test('duplicates and all the kinds of event about one payment issue its tickets once', async () => {
  const placed = await desk.order(await stage.createEvent(), 3)
  stage.twin.control.addFault({ kind: 'duplicate', copies: 3, times: 10 })
  stage.twin.control.pay(sessionOf(placed))
  await stage.twin.control.settled()
  stage.twin.control.clearFaults()
  for (const { id } of stage.twin.control.deliveries()) stage.twin.control.resend(id)
  await stage.twin.control.settled()
  const order = await desk.show(placed)
  expect(order.status).toBe('fulfilled')
  expect(order.tickets).toHaveLength(3)
})

test.each([
  ['a tampered body', { signature: 't=1,v1=00' }],
  ['no signature', { signature: '' }],
  ['a signature from too long ago', { ageSeconds: 301 }],
  // A second may pass on the way: the bound itself is tried by a clock that stands.
  ['a signature from the future', { ageSeconds: -310 }],
])('%s is refused and stores nothing', async (_what, how) => {
  await stage.kit.drain()
  const before = await databaseImage(stage.database)
  const answer = await deliver(
    eventOf('checkout.session.completed', { id: 'cs_test_x', object: 'checkout.session' }),
    how,
  )
  expect(answer.problem()).toMatchObject({ status: 400, code: 'invalid_request' })
  expect(answer.problem().detail?.length).toBeGreaterThan(10)
  await stage.kit.drain()
  const counter = 'venuekit.signature_failures'
  expect(await databaseImage(stage.database)).toEqual({ ...before, [counter]: [expect.anything()] })
})

test.each([
  ['an unknown type', eventOf('product.created', { id: 'prod_1', object: 'product' }), 'noted'],
  ['a session of somebody else’s', eventOf('checkout.session.completed', { id: 'cs_test_none' }), 'ignored'],
  ['a live event on a test kit', eventOf('product.created', { id: 'prod_1' }, { livemode: true }), 'ignored: live'],
  ['another account’s event', eventOf('product.created', { id: 'p' }, { account: 'acct_other' }), 'ignored: account'],
  ['a prototype’s name as type', eventOf('constructor', { id: 'x' }), 'noted'],
])('%s is accepted and noted', async (_what, event, note) => {
  expect((await deliver(event)).status).toBe(200)
  expect(await inbox(event.id)).toMatchObject({ status: 'done', note: expect.stringContaining(note) })
})

test('amounts in the payload are not trusted: a forged completion of an unpaid session changes nothing', async () => {
  const placed = await desk.order(await stage.createEvent())
  const forged = { id: sessionOf(placed), object: 'checkout.session', status: 'complete', payment_status: 'paid' }
  expect((await deliver(eventOf('checkout.session.completed', forged))).status).toBe(200)
  expect((await desk.show(placed)).status).toBe('reserved')
})

test('what Postgres cannot store in an event keeps nobody from their tickets', async () => {
  const placed = await desk.order(await stage.createEvent())
  stage.twin.control.addFault({ kind: 'drop', times: 100 })
  stage.twin.control.pay(sessionOf(placed))
  await stage.twin.control.settled()
  stage.twin.control.clearFaults()
  const paid = { id: sessionOf(placed), customer_details: { name: 'Ada \0 \ud800' }, custom: ['\0', { 'a\0': null }] }
  const event = eventOf('checkout.session.completed', paid)
  expect((await deliver(event)).status).toBe(200)
  expect(await inbox(event.id)).toMatchObject({ status: 'done', note: 'issued' })
  expect((await desk.show(placed)).status).toBe('fulfilled')
})

test('while the gateway cannot be read the event stays, is delivered again and then done by the sweeper', async () => {
  const placed = await desk.order(await stage.createEvent())
  const event = eventOf('checkout.session.completed', { id: sessionOf(placed), object: 'checkout.session' })
  stage.twin.control.setWebhook({ url: null })
  stage.twin.control.pay(sessionOf(placed))
  stage.twin.control.addFault({ kind: 'error', status: 500, method: 'GET' })
  expect((await deliver(event)).problem()).toMatchObject({ status: 503, code: 'busy', retryable: true })
  expect(await inbox(event.id)).toMatchObject({ status: 'pending', tries: 0 })
  await stage.twin.control.advance(10 * 60_000)
  expect(await stage.kit.jobs.run('process-webhooks')).toMatchObject({ taken: true, report: { done: 1 } })
  expect((await desk.show(placed)).status).toBe('fulfilled')
  expect((await deliver(event)).status).toBe(200)
  stage.twin.control.setWebhook({ url: 'http://kit.test/webhooks/stripe' })
})

test('money for an order that is not there is kept, tried for a while and then tells a person', async () => {
  const placed = await desk.order(await stage.createEvent())
  stage.twin.control.setWebhook({ url: null })
  stage.twin.control.pay(sessionOf(placed))
  await stage.database.withOwner(async connection => {
    const of = 'where order_id = $1'
    for (const table of ['attempts', 'order_items', 'orders']) {
      await connection.query(`delete from ticketing.${table} ${of}`, [placed.order.id])
    }
  })
  const event = eventOf('checkout.session.completed', { id: sessionOf(placed), object: 'checkout.session' })
  expect((await deliver(event)).status).toBe(503)
  expect(await inbox(event.id)).toMatchObject({ status: 'pending' })
  for (let turn = 0; turn < 40 && (await inbox(event.id))?.status === 'pending'; turn += 1) {
    await stage.twin.control.advance(5 * 60_000)
    await stage.kit.jobs.run('process-webhooks')
  }
  expect(await inbox(event.id)).toMatchObject({ status: 'done', note: expect.stringContaining('orphan payment') })
  await stage.kit.drain()
  expect(stage.alerts).toMatchObject([{ code: 'orphan_payment', fields: { orderId: placed.order.id } }])
  expect((await deliver(event)).status).toBe(200)
  stage.twin.control.setWebhook({ url: 'http://kit.test/webhooks/stripe' })
})

test('an event about an expired session of an unknown order is noted', async () => {
  const placed = await desk.order(await stage.createEvent())
  stage.twin.control.setWebhook({ url: null })
  stage.twin.control.expire(sessionOf(placed))
  await stage.database.withOwner(async connection => {
    for (const table of ['attempts', 'order_items', 'orders']) {
      await connection.query(`delete from ticketing.${table} where order_id = $1`, [placed.order.id])
    }
  })
  const event = eventOf('checkout.session.expired', { id: sessionOf(placed), object: 'checkout.session' })
  expect((await deliver(event)).status).toBe(200)
  expect(await inbox(event.id)).toMatchObject({ status: 'done' })
  stage.twin.control.setWebhook({ url: 'http://kit.test/webhooks/stripe' })
})

test('a delayed payment holds its places until it arrives, or gives them back when it fails', async () => {
  const event = await stage.createEvent({ delayedPayments: true })
  const [arriving, failing] = [await desk.order(event), await desk.order(event)]
  for (const placed of [arriving, failing]) {
    stage.twin.control.pay(sessionOf(placed), { method: 'us_bank_account' })
    await stage.twin.control.settled()
    expect((await desk.show(placed)).status).toBe('payment_pending')
  }
  stage.twin.control.settlePayment(sessionOf(arriving), true)
  stage.twin.control.settlePayment(sessionOf(failing), false)
  await stage.twin.control.settled()
  expect(await desk.show(arriving)).toMatchObject({ status: 'fulfilled', tickets: [{ status: 'valid' }] })
  expect(await desk.show(failing)).toMatchObject({ status: 'expired', tickets: [] })
})

test('thin events, which hold no object, do the same work', async () => {
  const placed = await desk.order(await stage.createEvent())
  stage.twin.control.setWebhook({ url: 'http://kit.test/webhooks/stripe', payload: 'thin' })
  stage.twin.control.pay(sessionOf(placed))
  await stage.twin.control.settled()
  expect((await desk.show(placed)).status).toBe('fulfilled')
  stage.twin.control.setWebhook({ url: 'http://kit.test/webhooks/stripe' })
})
