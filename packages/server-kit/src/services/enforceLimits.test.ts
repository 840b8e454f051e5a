import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { stripeGateway } from '../adapters/stripe.ts'
import { createServerKit, type ServerKit, type ServerKitOptions } from '../createServerKit.ts'
import { createHttpCaller, type HttpCall, type HttpCaller } from '../testing/httpCaller.ts'
import { createOrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { testSecrets } from '../testing/testSecrets.ts'

let stage: TestKit
beforeAll(async () => {
  stage = await startTestKit()
}, 60_000)
afterEach(async () => {
  await stage.twin.control.advance(0)
  await stage.database.withOwner(connection => connection.exec('truncate venuekit.rate_counters'))
})
const nodes: ServerKit[] = []

/** Until the clock is advanced: what is counted within seconds is counted however long it takes. */
const stopClock = () =>
  stage.database.withOwner(connection =>
    connection.exec('update venuekit.test_clock set stopped_at = venuekit.clock()'),
  )
afterAll(async () => {
  for (const node of nodes) await node.drain()
  await stage.close()
})

const silent = { info: () => {}, warn: () => {}, error: () => {} }
const none = { address: null, email: null, key: null, event: null }

/** Another node over the same database, with limits of its own. */
const nodeWith = (change: Partial<ServerKitOptions>): HttpCaller => {
  const { twin, database, venue } = stage
  const gateway = stripeGateway({
    secretKey: twin.secretKey,
    webhookSecrets: [twin.webhookSecret],
    account: twin.account,
    apiBase: twin.url,
    timeoutMs: 20_000,
  })
  const kit = createServerKit({
    database,
    gateway,
    secrets: testSecrets,
    timeZone: 'UTC',
    trustedProxyHops: 1,
    log: silent,
    ...change,
  })
  nodes.push(kit)
  return createHttpCaller(kit, venue)
}

const limitedTo = (limits: Record<string, unknown>) => nodeWith({ limits: { createOrder: { ...none, ...limits } } })
const free = () => stage.createEvent({ tiers: [newTier({ priceMinor: 0, capacity: 1000 })], maxPerOrder: 100 })
const from = (address: string): HttpCall => ({ headers: { 'X-Forwarded-For': address } })
const deskOf = (call: HttpCaller) => createOrderDesk(call, `${stage.venue.origin}/`)

test('one address orders so often and no more, on whichever node, until its window is over', async () => {
  const event = await free()
  await stopClock()
  const [one, other] = [1, 2].map(() => deskOf(limitedTo({ address: { maximum: 3, seconds: 60 } })))
  const order = (desk = one, address = '203.0.113.9') => desk?.send(desk.cart(event), from(address))
  expect((await order())?.status).toBe(200)
  expect((await order(other))?.status).toBe(200)
  expect((await order())?.status).toBe(200)
  const refused = await order(other)
  const problem = refused?.problem()
  expect(problem).toMatchObject({ status: 429, code: 'rate_limited', retryable: true })
  expect(problem?.retryAfterMs).toBeGreaterThan(50_000)
  expect(problem?.retryAfterMs).toBeLessThanOrEqual(60_000)
  expect(refused?.headers.get('retry-after')).toBe(String(Math.ceil((problem?.retryAfterMs ?? 0) / 1000)))
  expect((await order(one, '203.0.113.10'))?.status).toBe(200)
  await stage.twin.control.advance(60_000)
  expect((await order())?.status).toBe(200)
})

test('an IPv6 household is one caller, and only the configured proxy’s word counts', async () => {
  const event = await free()
  const desk = deskOf(limitedTo({ address: { maximum: 1, seconds: 60 } }))
  const order = (address: string) => desk.send(desk.cart(event), from(address))
  expect((await order('2001:db8:1:2::1')).status).toBe(200)
  expect((await order('2001:db8:1:2:ffff::9')).problem().code).toBe('rate_limited')
  expect((await order('198.51.100.1, 2001:db8:1:2::7')).problem().code).toBe('rate_limited')
  expect((await order('2001:db8:1:3::1')).status).toBe(200)
})

test('an address, a key and an event have their own limits; a refused caller does not fill what others share', async () => {
  const [event, another] = [await free(), await free()]
  const cases = [
    { limits: { email: { maximum: 2, seconds: 60 } }, other: { buyer: { name: 'B', email: 'b@example.com' } } },
    { limits: { event: { maximum: 2, seconds: 60 } }, other: deskOf(stage.call).cart(another) },
  ]
  for (const { limits, other } of cases) {
    const desk = deskOf(limitedTo(limits))
    const cart = desk.cart(event)
    expect((await desk.send(cart)).status).toBe(200)
    expect((await desk.send(cart)).status).toBe(200)
    expect((await desk.send(cart)).problem().code).toBe('rate_limited')
    expect((await desk.send({ ...cart, ...other })).status).toBe(200)
  }
  const shared = deskOf(limitedTo({ address: { maximum: 1, seconds: 60 }, key: { maximum: 2, seconds: 60 } }))
  for (let turn = 0; turn < 5; turn += 1) await shared.send(shared.cart(event), from('203.0.113.1'))
  expect((await shared.send(shared.cart(event), from('203.0.113.2'))).status).toBe(200)
  expect((await shared.send(shared.cart(event), from('203.0.113.3'))).problem().code).toBe('rate_limited')
})

test('a buyer holds so many unpaid orders of an event; a cancelled one makes room, a replay is none more', async () => {
  const event = await stage.createEvent()
  const call = nodeWith({ limits: { maxHoldsPerBuyer: 2 } })
  const desk = deskOf(call)
  const key = crypto.randomUUID()
  const first = await desk.order(event)
  await desk.send(desk.cart(event), { idempotencyKey: key })
  const cart = { ...desk.cart(event), buyer: { name: 'A', email: 'ADA@example.com' } }
  expect((await desk.send(cart)).problem()).toMatchObject({
    status: 422,
    code: 'limit_exceeded',
    fields: { 'buyer.email': 'at most 2 unpaid orders at a time' },
  })
  expect((await desk.send(desk.cart(event), { idempotencyKey: key })).status).toBe(200)
  expect((await desk.send(desk.cart(await stage.createEvent()))).status).toBe(200)
  await desk.cancel(first)
  expect((await desk.send(cart)).status).toBe(200)
})

test('as many orders of one buyer at once do not slip past the limit of holds', async () => {
  const event = await stage.createEvent()
  const desk = deskOf(nodeWith({ limits: { maxHoldsPerBuyer: 3 } }))
  const answers = await Promise.all(Array.from({ length: 10 }, () => desk.send(desk.cart(event))))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
})

test('the host’s challenge decides before anything is held', async () => {
  const event = await free()
  const challenge = vi.fn((request: Request) =>
    request.headers.get('VenueKit-Challenge') === 'solved' ? 'pass' : 'demand',
  )
  const desk = deskOf(nodeWith({ challenge: challenge as never }))
  expect((await desk.send(desk.cart(event))).problem()).toMatchObject({
    status: 403,
    code: 'forbidden',
    title: 'Prove that you are a person',
  })
  expect((await desk.send(desk.cart(event), { headers: { 'VenueKit-Challenge': 'solved' } })).status).toBe(200)
  expect(challenge).toHaveBeenLastCalledWith(expect.any(Request), {
    clientAddress: '192.0.2.1',
    eventId: event.id,
    email: 'ada@example.com',
  })
})

test('two nodes together read the gateway once in two seconds for one order', async () => {
  const placed = await deskOf(stage.call).order(await stage.createEvent())
  const reads = () =>
    stage.twin.control.requests().filter(({ method, path }) => method === 'GET' && path.endsWith(sessionOf(placed)))
      .length
  const desks = [deskOf(nodeWith({})), deskOf(nodeWith({})), deskOf(stage.call)]
  await stopClock()
  for (const desk of [...desks, ...desks]) await desk.sync(placed)
  expect(reads()).toBe(1)
  await stage.twin.control.advance(2000)
  await stopClock()
  await Promise.all(desks.map(desk => desk.sync(placed)))
  expect(reads()).toBe(2)
})

test('asking for an order again and again is limited too', async () => {
  const placed = await deskOf(stage.call).order(await stage.createEvent())
  const call = nodeWith({ limits: { syncOrder: { ...none, address: { maximum: 2, seconds: 60 } } } })
  const { orderToken, order } = placed
  const sync = () => call('POST', `/v1/orders/${order.id}/sync`, { orderToken, ...from('203.0.113.9') })
  expect([(await sync()).status, (await sync()).status, (await sync()).status]).toEqual([200, 200, 429])
})

test('a hold is prolonged so often and no more', async () => {
  const placed = await deskOf(stage.call).order(await stage.createEvent())
  const call = nodeWith({ limits: { extendOrder: { ...none, email: { maximum: 1, seconds: 60 } } } })
  const { orderToken, order } = placed
  const extend = () =>
    call('POST', `/v1/orders/${order.id}/extend`, { orderToken, idempotencyKey: crypto.randomUUID() })
  expect((await extend()).status).toBe(200)
  expect((await extend()).problem().code).toBe('rate_limited')
})

test('mailing again is throttled alike for known and unknown addresses', async () => {
  const event = await free()
  await deskOf(stage.call).order(event)
  const call = nodeWith({ limits: { resendTickets: { ...none, email: { maximum: 2, seconds: 600 } } } })
  const ask = (email: string) => call('POST', '/v1/orders/resend', { body: { eventId: event.id, email } })
  await stopClock()
  for (const email of ['ada@example.com', 'nobody@example.com']) {
    const answers = [await ask(email), await ask(email), await ask(email)]
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 429])
    expect(answers[2]?.headers.get('retry-after')).toBe('600')
  }
})

test('a store of the host’s counts instead of the database, and its failure stops nobody', async () => {
  const event = await free()
  const take = vi.fn(async () => ({ allowed: false as const, bucket: 'b', retryAfterMs: 1500 }))
  const desk = deskOf(nodeWith({ rates: { take, giveBack: async () => {} } }))
  const refused = await desk.send(desk.cart(event))
  expect(refused.problem()).toMatchObject({ status: 429, retryAfterMs: 1500 })
  expect(refused.headers.get('retry-after')).toBe('2')
  expect(take.mock.calls).toHaveLength(1)
  const broken = deskOf(
    nodeWith({ rates: { take: () => Promise.reject(new Error('down')), giveBack: async () => {} } }),
  )
  expect((await broken.send(broken.cart(event))).status).toBe(200)
})

test('ended windows are swept away', async () => {
  const buckets = ['a', 'b'].map((bucket, index) => ({ bucket, maximum: 5, windowSeconds: 10 + index * 100 }))
  await stage.database.call('venuekit.take_rate', { buckets })
  await stage.twin.control.advance(11_000)
  expect(await stage.database.call('venuekit.purge_rates', { max_rows: 10 })).toEqual({ removed: 1 })
})
