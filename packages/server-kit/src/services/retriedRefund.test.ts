import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: OrderDesk
let money: MoneyDesk
beforeAll(async () => {
  stage = await startTestKit()
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
}, 60_000)
afterAll(() => stage.close())
beforeEach(() => {
  stage.twin.control.clearFaults()
  stage.alerts.length = 0
})
afterEach(async () => {
  await money.settled()
  await stage.database.withOwner(checkInvariants)
})

const minute = 60_000

/** Bought, and called off: its money goes back by itself. */
const calledOff = async () => {
  const event = await stage.createEvent()
  const placed = await desk.order(event, 2)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  await money.cancelEvent(event.id)
  await money.settled()
  return { event, placed }
}

const sendAfter = async (minutes: number) => {
  await stage.twin.control.advance(minutes * minute)
  await stage.kit.jobs.run('send-refunds')
  await money.settled()
}

const statusesOf = async (placed: Parameters<MoneyDesk['order']>[0]) =>
  (await money.order(placed)).refunds.map(({ status }) => status).sort()

/** How often the gateway was given each of our ids. */
const keysSent = () => money.refundRequests().map(({ idempotencyKey }) => idempotencyKey)

const stuckOf = async (eventId: string) => {
  const [health] = await stage.database.withOwner(connection =>
    connection.query<{ stuck_refunds: number }>(
      'select stuck_refunds from ticketing.event_health where event_id = $1',
      [eventId],
    ),
  )
  return health?.stuck_refunds
}

test('a refund that is owed and failed at the gateway is made again later, under another id, and tells nobody', async () => {
  stage.twin.control.addFault({ kind: 'refund_fails' })
  const before = keysSent().length
  const { event, placed } = await calledOff()
  expect(await statusesOf(placed)).toEqual(['failed', 'requested'])
  expect((await money.order(placed)).tickets.map(({ status }) => status)).toEqual(['blocked', 'blocked'])
  await sendAfter(5)
  expect(keysSent()).toHaveLength(before + 1)
  await sendAfter(6)
  expect(await money.order(placed)).toMatchObject({
    status: 'refunded',
    payments: [{ status: 'refunded', refunded: { amountMinor: 5000 } }],
    tickets: [{ status: 'void' }, { status: 'void' }],
  })
  expect(await statusesOf(placed)).toEqual(['failed', 'succeeded'])
  expect(new Set(keysSent().slice(before)).size).toBe(2)
  await stage.kit.drain()
  expect(stage.alerts).toEqual([])
  expect(await stuckOf(event.id)).toBe(0)
})

test('news of the failure that come again make no second refund', async () => {
  stage.twin.control.addFault({ kind: 'refund_fails' })
  const { placed } = await calledOff()
  for (const { id, type } of stage.twin.control.deliveries()) {
    if (type.startsWith('refund.') || type.startsWith('charge.refund')) stage.twin.control.resend(id)
  }
  await money.settled()
  await sendAfter(11)
  expect(await statusesOf(placed)).toEqual(['failed', 'succeeded'])
  await sendAfter(24 * 60)
  expect(await statusesOf(placed)).toEqual(['failed', 'succeeded'])
})

test('the sixth that fails waits for a person, who is told once and whose own refund ends it', async () => {
  stage.twin.control.addFault({ kind: 'refund_fails', times: 6 })
  const { event, placed } = await calledOff()
  // Between two tries nothing is stuck; each waits longer than the one before.
  for (const minutes of [11, 41, 161, 641, 1441]) {
    await stage.kit.drain()
    expect(stage.alerts).toEqual([])
    expect(await stuckOf(event.id)).toBe(0)
    await sendAfter(minutes)
  }
  expect(await statusesOf(placed)).toEqual(['failed', 'failed', 'failed', 'failed', 'failed', 'needs_review'])
  await stage.kit.drain()
  expect(stage.alerts.map(({ code }) => code)).toEqual(['refund_needs_review'])
  expect(await stuckOf(event.id)).toBe(1)
  await sendAfter(2880)
  expect(await statusesOf(placed)).toHaveLength(6)

  expect(await money.refunded(placed)).toMatchObject({ status: 'refunded', payments: [{ status: 'refunded' }] })
  expect(await statusesOf(placed)).toEqual(['failed', 'failed', 'failed', 'failed', 'failed', 'failed', 'succeeded'])
  expect(await stuckOf(event.id)).toBe(0)
})

test('a refund that an admin asked for is not asked for again by itself', async () => {
  const event = await stage.createEvent()
  const placed = await desk.order(event, 2)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  stage.twin.control.addFault({ kind: 'refund_fails' })
  await money.refunded(placed)
  await sendAfter(24 * 60)
  expect(await statusesOf(placed)).toEqual(['failed'])
  await stage.kit.drain()
  expect(stage.alerts.map(({ code }) => code)).toEqual(['refund_failed'])
})

test('owed money of which the dashboard sent a part that then failed goes back whole', async () => {
  const event = await stage.createEvent({ delayedPayments: true })
  const placed = await desk.order(event, 2)
  stage.twin.control.pay(sessionOf(placed), { method: 'us_bank_account' })
  await money.settled()
  await money.cancelEvent(event.id)
  await money.settled()
  // The show is off when it arrives: it is owed, and the kit cannot send it back yet.
  stage.twin.control.addFault({ kind: 'error', status: 503, method: 'POST', path: '/v1/refunds', times: 100 })
  stage.twin.control.settlePayment(sessionOf(placed), true)
  await money.settled()
  const [payment] = (await money.order(placed)).payments
  const tell = (state: 'pending' | 'failed') =>
    stage.database.call('ticketing.import_refund', {
      event_id: event.id,
      order_id: placed.order.id,
      payment_id: payment?.id ?? '',
      refund: { gatewayRefundId: 're_part', refundId: null, amountMinor: 1000, currency: 'USD', state, reason: null },
    })
  await tell('pending')
  expect((await tell('failed')).outcome).toBe('failed')
  stage.twin.control.clearFaults()
  await sendAfter(120)
  await sendAfter(120)
  expect(await money.order(placed)).toMatchObject({
    status: 'refunded',
    payments: [{ status: 'refunded', refunded: { amountMinor: 5000 } }],
  })
})

test('while the gateway lets nobody look, a refund that was sent is not called failed', async () => {
  const event = await stage.createEvent()
  const placed = await desk.order(event, 2)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  stage.twin.control.addFault({ kind: 'lost_answer', method: 'POST', path: '/v1/refunds', times: 2 })
  stage.twin.control.addFault({ kind: 'drop', times: 100 })
  await money.refunded(placed, { amountMinor: 1000 })
  // The key was rolled, say, or may not read refunds.
  stage.twin.control.addFault({ kind: 'error', status: 401, method: 'GET', path: '/v1/refunds*', times: 100 })
  await sendAfter(5)
  expect(await statusesOf(placed)).toEqual(['unknown'])
  stage.twin.control.clearFaults()
  await sendAfter(10)
  expect(await statusesOf(placed)).toEqual(['succeeded'])
})
