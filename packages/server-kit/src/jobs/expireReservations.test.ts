import {
  type AdminEvent,
  adminEventResponse,
  type CreateOrderResponse,
  createOrderResponse,
} from '@venuekit/core/contracts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { testSecrets } from '../testing/testSecrets.ts'

let stage: TestKit
let desk: OrderDesk
beforeAll(async () => {
  stage = await startTestKit({}, { webhookUrl: '' })
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
}, 60_000)
afterAll(() => stage.close())
beforeEach(() => void stage.twin.control.clearFaults())

/** More than five, so that the job's next slot has come. */
const minutes = (count: number) => stage.twin.control.advance(count * 60_000)
const expire = () => stage.kit.jobs.run('expire-reservations')

const counters = async ({ id }: AdminEvent) => {
  const [bearer] = testSecrets.adminKeys
  const answer = await stage.call('GET', `/v1/admin/events/${id}`, { key: null, origin: null, bearer })
  const { reserved, issued } = answer.read(adminEventResponse).event.tiers[0] ?? {}
  return { reserved, issued }
}

/** The buyer pays in the moment in which the places are released: as if the gateway had said `expired` wrongly. */
const payTooLate = async (event: AdminEvent, placed: CreateOrderResponse): Promise<void> => {
  stage.twin.control.pay(sessionOf(placed))
  const attemptId = await stage.database.withOwner(async connection => {
    const expiring = `update ticketing.orders set status = 'expiring', release_reason = 'expired' where order_id = $1`
    await connection.query(expiring, [placed.order.id])
    const attempts = `select attempt_id from ticketing.attempts where order_id = $1`
    const [attempt] = await connection.query<{ attempt_id: string }>(attempts, [placed.order.id])
    return attempt?.attempt_id ?? ''
  })
  await stage.database.call('ticketing.settle_attempt', {
    event_id: event.id,
    order_id: placed.order.id,
    attempt_id: attemptId,
    session_status: 'expired',
  })
}

test('a hold that never reached the gateway is released by itself', async () => {
  const event = await stage.createEvent()
  stage.twin.control.addFault({ kind: 'error', status: 500, path: '/v1/checkout/sessions' })
  await desk.send(desk.cart(event, 2))
  expect(await counters(event)).toEqual({ reserved: 2, issued: 0 })
  await minutes(10)
  await expire()
  expect(await counters(event)).toEqual({ reserved: 0, issued: 0 })
})

test('a session that ran out by itself, expired and unpaid, releases its places', async () => {
  const event = await stage.createEvent()
  const placed = await desk.order(event)
  await minutes(40)
  await expire()
  expect((await desk.show(placed)).status).toBe('expired')
  expect(await counters(event)).toEqual({ reserved: 0, issued: 0 })
})

test('a session that is still open at the end of the hold is ended first', async () => {
  const event = await stage.createEvent({ maxHoldSeconds: 1800 })
  const placed = await desk.order(event)
  await minutes(30.5)
  await expire()
  expect((await desk.show(placed)).status).toBe('expired')
  expect(() => stage.twin.control.pay(sessionOf(placed))).toThrow()
})

test('what was paid before the release keeps its places, although no webhook came', async () => {
  const event = await stage.createEvent()
  const placed = await desk.order(event)
  stage.twin.control.pay(sessionOf(placed))
  await minutes(40)
  await expire()
  const order = await desk.show(placed)
  expect(order.status).toBe('fulfilled')
  expect(order.tickets).toHaveLength(1)
  expect(await counters(event)).toEqual({ reserved: 0, issued: 1 })
})

test('while the gateway is silent the places stay counted, and the next run ends it', async () => {
  const event = await stage.createEvent()
  const placed = await desk.order(event)
  await minutes(40)
  stage.twin.control.addFault({ kind: 'error', status: 500, times: 50 })
  await expire()
  expect((await desk.show(placed)).status).toBe('expiring')
  expect(await counters(event)).toEqual({ reserved: 1, issued: 0 })
  stage.twin.control.clearFaults()
  await minutes(6)
  await expire()
  expect((await desk.show(placed)).status).toBe('expired')
  expect(await counters(event)).toEqual({ reserved: 0, issued: 0 })
})

test('a session whose making was never answered is found and ended', async () => {
  const event = await stage.createEvent()
  const idempotencyKey = crypto.randomUUID()
  stage.twin.control.addFault({ kind: 'lost_answer', path: '/v1/checkout/sessions', times: 2 })
  await desk.send(desk.cart(event), { idempotencyKey })
  await minutes(6)
  await expire()
  expect(await counters(event)).toEqual({ reserved: 0, issued: 0 })
  const requests = stage.twin.control.requests()
  expect(requests.some(({ path }) => path.endsWith('/expire'))).toBe(true)
})

test('a payment that came after the release is issued late where there is room', async () => {
  const event = await stage.createEvent({ tiers: [newTier({ capacity: 1 })] })
  const placed = await desk.order(event)
  await payTooLate(event, placed)
  expect((await desk.show(placed)).status).toBe('expired')
  expect((await desk.sync(placed)).order.status).toBe('fulfilled')
  expect(await counters(event)).toEqual({ reserved: 0, issued: 1 })
})

test('a payment that came after the release, when the place was sold again, is due for a refund', async () => {
  const event = await stage.createEvent({ tiers: [newTier({ capacity: 1 })] })
  const placed = await desk.order(event)
  await payTooLate(event, placed)
  ;(await desk.send(desk.cart(event))).read(createOrderResponse)
  const synced = await desk.sync(placed)
  expect(synced).toMatchObject({ order: { status: 'refund_due', tickets: [] }, purchase: null })
  await stage.kit.drain()
  expect(stage.alerts).toMatchObject([{ code: 'payment_refund_due' }])
})
