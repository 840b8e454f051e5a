import { type CheckoutResponse, type CreateOrderResponse, checkoutResponse } from '@venuekit/core/contracts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { checkInvariants } from '../testing/checkInvariants.ts'
import type { HttpAnswer } from '../testing/httpCaller.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: OrderDesk
beforeAll(async () => {
  stage = await startTestKit()
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
}, 60_000)
afterEach(() => stage.database.withOwner(checkInvariants))
afterAll(() => stage.close())

const minutes = (count: number) => count * 60_000

const extend = ({ order, orderToken }: CreateOrderResponse, idempotencyKey: string = crypto.randomUUID()) =>
  stage.call('POST', `/v1/orders/${order.id}/extend`, { orderToken, idempotencyKey })
const resume = ({ order, orderToken }: CreateOrderResponse) =>
  stage.call('POST', `/v1/orders/${order.id}/checkout`, { orderToken })
const placedBy = (answer: HttpAnswer, { orderToken }: CreateOrderResponse): CreateOrderResponse => {
  const { order, checkout }: CheckoutResponse = answer.read(checkoutResponse)
  return { order, checkout, orderToken }
}
const withoutWebhooks = async (work: () => Promise<void>): Promise<void> => {
  stage.twin.control.setWebhook({ url: null })
  await work()
  stage.twin.control.setWebhook({ url: 'http://kit.test/webhooks/stripe' })
}

test('extending ends the old session, begins another and holds the places longer', async () => {
  const placed = await desk.order(await stage.createEvent())
  await stage.twin.control.advance(minutes(20))
  const longer = placedBy(await extend(placed), placed)
  expect(sessionOf(longer)).not.toBe(sessionOf(placed))
  expect(() => stage.twin.control.pay(sessionOf(placed))).toThrow('expired')
  const gained = Date.parse(longer.order.holdExpiresAt ?? '') - Date.parse(placed.order.holdExpiresAt ?? '')
  expect(gained).toBeGreaterThan(minutes(19))
  expect(gained).toBeLessThan(minutes(22))
  stage.twin.control.pay(sessionOf(longer))
  await stage.twin.control.settled()
  expect((await desk.show(placed)).status).toBe('fulfilled')
})

test('the same extension under the same key is one session, at once or later', async () => {
  const placed = await desk.order(await stage.createEvent())
  await stage.twin.control.advance(minutes(5))
  const key = crypto.randomUUID()
  const first = placedBy(await extend(placed, key), placed)
  const again = await Promise.all([1, 2, 3].map(() => extend(placed, key)))
  for (const answer of again) expect(sessionOf(placedBy(answer, placed))).toBe(sessionOf(first))
  await stage.twin.control.advance(minutes(5))
  const other = placedBy(await extend(placed), placed)
  expect(sessionOf(other)).not.toBe(sessionOf(first))
  expect(sessionOf(placedBy(await extend(placed, key), placed))).toBe(sessionOf(other))
})

test('extending what was paid meanwhile issues the tickets instead', () =>
  withoutWebhooks(async () => {
    const placed = await desk.order(await stage.createEvent())
    stage.twin.control.pay(sessionOf(placed))
    expect((await extend(placed)).problem()).toMatchObject({ status: 409, code: 'conflict' })
    expect(await desk.show(placed)).toMatchObject({ status: 'fulfilled', tickets: [{ status: 'valid' }] })
  }))

test('a hold is prolonged up to the event’s longest and no further; the checkout that is open stays', async () => {
  const event = await stage.createEvent({ maxHoldSeconds: 3600 })
  let placed = await desk.order(event)
  const begun = Date.parse(placed.order.createdAt)
  await stage.twin.control.advance(minutes(25))
  placed = placedBy(await extend(placed), placed)
  expect(Date.parse(placed.order.holdExpiresAt ?? '') - begun).toBe(minutes(60))
  await stage.twin.control.advance(minutes(15))
  expect((await extend(placed)).problem()).toMatchObject({ status: 422, code: 'limit_exceeded', retryable: false })
  stage.twin.control.pay(sessionOf(placed))
  await stage.twin.control.settled()
  expect((await desk.show(placed)).status).toBe('fulfilled')
})

test('the hold of a show that is over does not grow; the checkout that is open stays', async () => {
  const inMinutes = (count: number) => new Date(stage.twin.clock.now() + minutes(count)).toISOString()
  const placed = await desk.order(await stage.createEvent({ startsAt: inMinutes(5), endsAt: inMinutes(10) }))
  await stage.twin.control.advance(minutes(15))
  expect((await extend(placed)).problem()).toMatchObject({
    code: 'limit_exceeded',
    detail: expect.stringContaining(placed.order.holdExpiresAt ?? 'a time'),
  })
  expect(await desk.show(placed)).toMatchObject({ status: 'reserved', holdExpiresAt: placed.order.holdExpiresAt })
  expect(sessionOf(placedBy(await resume(placed), placed))).toBe(sessionOf(placed))
})

test('a hold that ended cannot be extended', () =>
  withoutWebhooks(async () => {
    const placed = await desk.order(await stage.createEvent())
    await stage.twin.control.advance(minutes(40))
    expect((await extend(placed)).problem()).toMatchObject({ status: 410, code: 'reservation_expired' })
    await desk.cancel(placed)
    expect((await extend(placed)).problem()).toMatchObject({ status: 410, code: 'reservation_expired' })
  }))

test('a gateway that does not answer leaves the old session and the hold; the same key goes on', async () => {
  const placed = await desk.order(await stage.createEvent())
  await stage.twin.control.advance(minutes(5))
  const key = crypto.randomUUID()
  stage.twin.control.addFault({ kind: 'error', status: 503, path: `/v1/checkout/sessions/${sessionOf(placed)}/expire` })
  stage.twin.control.addFault({ kind: 'error', status: 503, path: `/v1/checkout/sessions/${sessionOf(placed)}` })
  expect((await extend(placed, key)).problem()).toMatchObject({ status: 502, retryable: true })
  expect((await desk.show(placed)).status).toBe('reserved')
  expect(sessionOf(placedBy(await extend(placed, key), placed))).not.toBe(sessionOf(placed))
})

test('resuming in the grace after a session’s end begins another one', () =>
  withoutWebhooks(async () => {
    const placed = await desk.order(await stage.createEvent())
    await stage.twin.control.advance(minutes(32))
    const resumed = placedBy(await resume(placed), placed)
    expect(sessionOf(resumed)).not.toBe(sessionOf(placed))
    stage.twin.control.pay(sessionOf(resumed))
    expect((await desk.sync(placed)).order.status).toBe('fulfilled')
  }))

test('resuming what was paid at a session that is over issues the tickets', () =>
  withoutWebhooks(async () => {
    const placed = await desk.order(await stage.createEvent())
    stage.twin.control.pay(sessionOf(placed))
    await stage.twin.control.advance(minutes(32))
    expect((await resume(placed)).problem().code).toBe('conflict')
    expect((await desk.show(placed)).status).toBe('fulfilled')
  }))

test('resuming answers plainly in every other state', async () => {
  const event = await stage.createEvent({ tiers: [newTier()] })
  const placed = await desk.order(event)
  const states = {
    expiring: 'reservation_expired',
    expired: 'reservation_expired',
    cancelled: 'reservation_expired',
    payment_pending: 'conflict',
    needs_review: 'conflict',
    refund_due: 'conflict',
    refunded: 'conflict',
  }
  const set = (status: string) =>
    stage.database.withOwner(async connection => {
      await connection.exec(`
        begin;
        alter table ticketing.orders disable trigger user;
        update ticketing.orders set status = '${status}' where order_id = '${placed.order.id}';
        alter table ticketing.orders enable trigger user;
        commit;`)
    })
  for (const [status, code] of Object.entries(states)) {
    await set(status)
    expect((await resume(placed)).problem().code, status).toBe(code)
    expect((await extend(placed)).problem().code, status).toBe(code)
  }
  await set('reserved')
})
