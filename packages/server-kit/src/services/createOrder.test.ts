import { createOrderResponse, orderResponse } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: OrderDesk
beforeAll(async () => {
  stage = await startTestKit()
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/shows#/late-set`)
}, 60_000)
afterAll(() => stage.close())

const sessionRequests = () =>
  stage.twin.control.requests().filter(({ method, path }) => method === 'POST' && path === '/v1/checkout/sessions')

test('a buyer orders, pays at the gateway and has tickets with codes', async () => {
  const placed = await desk.order(await stage.createEvent(), 2)
  expect(placed.order).toMatchObject({ status: 'reserved', total: { amountMinor: 5000, currency: 'USD' }, tickets: [] })
  stage.twin.control.pay(sessionOf(placed))
  await stage.twin.control.settled()
  const order = await desk.show(placed)
  expect(order.status).toBe('fulfilled')
  expect(order.tickets).toHaveLength(2)
  for (const ticket of order.tickets) expect(ticket.code).toMatch(/^VK1:/)
  expect(new Set(order.tickets.map(ticket => ticket.code)).size).toBe(2)
})

test('the gateway sends the buyer back with the token in the fragment, beside the page’s own', async () => {
  const placed = await desk.order(await stage.createEvent())
  const { success_url, cancel_url } = stage.twin.control.expire(sessionOf(placed))
  expect(success_url).toBe(`${stage.venue.origin}/shows#/late-set&venuekit-order=${placed.orderToken}`)
  expect(cancel_url).toBe(`${success_url}&venuekit-checkout=cancelled`)
})

test('a free order has its tickets at once and never reaches the gateway', async () => {
  const event = await stage.createEvent({ tiers: [newTier({ priceMinor: 0 })] })
  const before = sessionRequests().length
  const { order, checkout } = await desk.order(event, 2)
  expect(checkout).toEqual({ kind: 'free' })
  expect(order.status).toBe('fulfilled')
  expect(order.tickets).toHaveLength(2)
  expect(sessionRequests()).toHaveLength(before)
})

test('the same request under the same key answers the same order, token and address', async () => {
  const cart = desk.cart(await stage.createEvent())
  const idempotencyKey = crypto.randomUUID()
  const first = (await desk.send(cart, { idempotencyKey })).read(createOrderResponse)
  const again = await Promise.all([1, 2, 3].map(() => desk.send(cart, { idempotencyKey })))
  for (const answer of again) {
    const { order, orderToken, checkout } = answer.read(createOrderResponse)
    expect({ id: order.id, orderToken, checkout }).toEqual({
      id: first.order.id,
      orderToken: first.orderToken,
      checkout: first.checkout,
    })
  }
})

test('ten of the same request at once make one order and one session', async () => {
  const event = await stage.createEvent()
  const before = sessionRequests().length
  const idempotencyKey = crypto.randomUUID()
  const answers = await Promise.all(Array.from({ length: 10 }, () => desk.send(desk.cart(event), { idempotencyKey })))
  const retried = await desk.send(desk.cart(event), { idempotencyKey })
  const placed = [...answers.filter(answer => answer.status === 200), retried].map(answer =>
    answer.read(createOrderResponse),
  )
  for (const answer of answers) if (answer.status !== 200) expect(answer.problem().retryable).toBe(true)
  expect(new Set(placed.map(({ order }) => order.id)).size).toBe(1)
  expect(new Set(placed.map(sessionOf)).size).toBe(1)
  const keys = sessionRequests()
    .slice(before)
    .map(request => request.idempotencyKey)
  expect(new Set(keys).size).toBe(1)
})

test('another request under a used key is a conflict', async () => {
  const event = await stage.createEvent()
  const idempotencyKey = crypto.randomUUID()
  await desk.send(desk.cart(event, 1), { idempotencyKey })
  const answer = await desk.send(desk.cart(event, 2), { idempotencyKey })
  expect(answer.problem()).toMatchObject({ status: 422, code: 'idempotency_conflict', retryable: false })
})

test('a replay after payment answers the order as it is now, with the old address', async () => {
  const event = await stage.createEvent()
  const idempotencyKey = crypto.randomUUID()
  const placed = (await desk.send(desk.cart(event), { idempotencyKey })).read(createOrderResponse)
  stage.twin.control.pay(sessionOf(placed))
  await stage.twin.control.settled()
  const replayed = (await desk.send(desk.cart(event), { idempotencyKey })).read(createOrderResponse)
  expect(replayed).toMatchObject({ orderToken: placed.orderToken, checkout: placed.checkout })
  expect(replayed.order.status).toBe('fulfilled')
})

test('sold out, a changed price and too many places are told apart', async () => {
  const event = await stage.createEvent({ maxPerOrder: 4, tiers: [newTier({ capacity: 3 })] })
  const cart = desk.cart(event, 2)
  expect((await desk.send({ ...cart, expectedTotalMinor: 4000 })).problem()).toMatchObject({
    code: 'price_changed',
    fields: { expectedTotalMinor: 'the total is 5000 now' },
  })
  expect((await desk.send({ ...cart, expectedTotalMinor: 5000 })).status).toBe(200)
  expect((await desk.send(cart)).problem()).toMatchObject({
    status: 409,
    code: 'sold_out',
    fields: { 'items.0.tierId': 'not enough places left' },
  })
  expect((await desk.send(desk.cart(event, 5))).problem()).toMatchObject({ status: 422, code: 'limit_exceeded' })
})

test('a tier that is not yet on sale is closed', async () => {
  const event = await stage.createEvent({ tiers: [newTier({ salesStartAt: '2029-01-01T00:00:00Z' })] })
  expect((await desk.send(desk.cart(event))).problem()).toMatchObject({ status: 409, code: 'sales_closed' })
})

test('a gateway that is down keeps the places, and the same key goes on', async () => {
  const event = await stage.createEvent()
  const idempotencyKey = crypto.randomUUID()
  stage.twin.control.addFault({ kind: 'error', status: 503, path: '/v1/checkout/sessions' })
  const refused = await desk.send(desk.cart(event), { idempotencyKey })
  expect(refused.problem()).toMatchObject({ status: 502, code: 'gateway_unavailable', retryable: true })
  expect(refused.headers.get('retry-after')).toBe('2')
  const placed = (await desk.send(desk.cart(event), { idempotencyKey })).read(createOrderResponse)
  expect(placed.order.status).toBe('reserved')
  expect(placed.checkout.kind).toBe('redirect')
})

test('an answer lost between gateway and attach leaves one session, found again under the same key', async () => {
  const event = await stage.createEvent()
  const idempotencyKey = crypto.randomUUID()
  const before = sessionRequests().length
  // The SDK itself tries a broken connection once more.
  stage.twin.control.addFault({ kind: 'lost_answer', path: '/v1/checkout/sessions', times: 2 })
  expect((await desk.send(desk.cart(event), { idempotencyKey })).problem().code).toBe('gateway_unavailable')
  const placed = (await desk.send(desk.cart(event), { idempotencyKey })).read(createOrderResponse)
  const made = sessionRequests().slice(before)
  expect(new Set(made.map(request => request.idempotencyKey)).size).toBe(1)
  stage.twin.control.pay(sessionOf(placed))
  await stage.twin.control.settled()
  expect((await desk.show(placed)).status).toBe('fulfilled')
})

test('an attempt whose end came too near is closed and another one begun', async () => {
  const event = await stage.createEvent()
  const idempotencyKey = crypto.randomUUID()
  stage.twin.control.addFault({ kind: 'error', status: 503, path: '/v1/checkout/sessions' })
  await desk.send(desk.cart(event), { idempotencyKey })
  await stage.twin.control.advance(90_000)
  const before = sessionRequests().length
  const placed = (await desk.send(desk.cart(event), { idempotencyKey })).read(createOrderResponse)
  expect(placed.checkout.kind).toBe('redirect')
  expect(
    new Set(
      sessionRequests()
        .slice(before)
        .map(request => request.idempotencyKey),
    ).size,
  ).toBe(2)
})

test('a hold that ended answers that the reservation has expired', async () => {
  const event = await stage.createEvent()
  const idempotencyKey = crypto.randomUUID()
  stage.twin.control.addFault({ kind: 'error', status: 503, path: '/v1/checkout/sessions' })
  await desk.send(desk.cart(event), { idempotencyKey })
  await stage.twin.control.advance(3 * 60_000)
  expect((await desk.send(desk.cart(event), { idempotencyKey })).problem()).toMatchObject({
    status: 410,
    code: 'reservation_expired',
    retryable: false,
  })
})

test('resuming answers the live checkout again', async () => {
  const placed = await desk.order(await stage.createEvent())
  const { orderToken, order } = placed
  const answer = await stage.call('POST', `/v1/orders/${order.id}/checkout`, { orderToken })
  expect(answer.body).toMatchObject({ checkout: placed.checkout })
  stage.twin.control.pay(sessionOf(placed))
  await stage.twin.control.settled()
  const late = await stage.call('POST', `/v1/orders/${order.id}/checkout`, { orderToken })
  expect(late.problem()).toMatchObject({ status: 409, code: 'conflict' })
})

test('cancelling ends the session at the gateway and gives the places back', async () => {
  const event = await stage.createEvent({ tiers: [newTier({ capacity: 1 })] })
  const placed = await desk.order(event)
  expect((await desk.cancel(placed)).read(orderResponse).order.status).toBe('cancelled')
  expect(() => stage.twin.control.pay(sessionOf(placed))).toThrow()
  expect((await desk.cancel(placed)).read(orderResponse).order.status).toBe('cancelled')
  expect((await desk.send(desk.cart(event))).status).toBe(200)
})

test('cancelling what was paid meanwhile keeps the tickets', async () => {
  const placed = await desk.order(await stage.createEvent())
  stage.twin.control.setWebhook({ url: null })
  stage.twin.control.pay(sessionOf(placed))
  expect((await desk.cancel(placed)).read(orderResponse).order).toMatchObject({ status: 'fulfilled' })
  expect((await desk.cancel(placed)).problem()).toMatchObject({ status: 409, code: 'order_not_cancellable' })
  stage.twin.control.setWebhook({ url: 'http://kit.test/webhooks/stripe' })
})

test('a session that comes into being after its order ended is ended again, and nobody is sent to it', async () => {
  const event = await stage.createEvent()
  const { createCheckout } = stage.gateway
  let answer = () => {}
  const answered = new Promise<void>(resolve => {
    answer = resolve
  })
  const asked = new Promise<void>(resolve => {
    stage.gateway.createCheckout = async attempt => {
      resolve()
      await answered
      return createCheckout.call(stage.gateway, attempt)
    }
  })
  const sent = desk.send(desk.cart(event))
  await asked
  stage.gateway.createCheckout = createCheckout
  const [held] = await stage.database.withOwner(connection =>
    connection.query<{ order_id: string; attempt_id: string }>(
      'select order_id, attempt_id from ticketing.attempts where event_id = $1',
      [event.id],
    ),
  )
  const ids = { event_id: event.id, order_id: held?.order_id ?? '' }
  await stage.database.call('ticketing.cancel_order', { ...ids, reason: 'test' })
  const attempt = { ...ids, attempt_id: held?.attempt_id ?? '' }
  await stage.database.call('ticketing.settle_attempt', { ...attempt, session_status: 'never_created' })
  answer()
  expect((await sent).problem()).toMatchObject({ status: 410, code: 'reservation_expired' })
  const ended = stage.twin.control.requests().at(-1)?.path ?? ''
  expect(ended).toMatch(/expire$/)
  const [, sessionId = ''] = /sessions\/(cs_\w+)\/expire/.exec(ended) ?? []
  expect(() => stage.twin.control.pay(sessionId)).toThrow('expired')
})

test('an attempt from yesterday is never sent again: the gateway has forgotten its key', async () => {
  const event = await stage.createEvent()
  const idempotencyKey = crypto.randomUUID()
  stage.twin.control.addFault({ kind: 'lost_answer', path: '/v1/checkout/sessions', times: 2 })
  await desk.send(desk.cart(event), { idempotencyKey })
  const old = sessionRequests().at(-1)?.idempotencyKey
  await stage.database.withOwner(connection =>
    connection.query(`update ticketing.attempts set begun_at = begun_at - interval '24 hours' where attempt_id = $1`, [
      old,
    ]),
  )
  const before = sessionRequests().length
  expect((await desk.send(desk.cart(event), { idempotencyKey })).status).toBe(200)
  const sent = sessionRequests().slice(before)
  expect(sent).toHaveLength(1)
  expect(sent[0]?.idempotencyKey).not.toBe(old)
})

test('embedded checkout is answered where the gateway has a publishable key', async () => {
  const cart = { ...desk.cart(await stage.createEvent()), payment: 'embedded' as const }
  const { checkout } = (await desk.send(cart)).read(createOrderResponse)
  expect(checkout).toMatchObject({ kind: 'embedded', publishableKey: stage.twin.publishableKey })
})
