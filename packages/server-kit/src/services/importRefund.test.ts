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
beforeEach(() => void stage.twin.control.clearFaults())
afterEach(async () => {
  await money.settled()
  await stage.database.withOwner(checkInvariants)
})

const bought = async (quantity = 2) => {
  const event = await stage.createEvent()
  const placed = await desk.order(event, quantity)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  return { event, placed, charge: await money.chargeOf(placed) }
}

const usd = (amountMinor: number) => ({ amountMinor, currency: 'USD' })

/** As if the worker had not come to it yet. */
const request = async (placed: { order: { id: string; eventId: string } }, change: Record<string, unknown> = {}) => {
  const answer = await stage.database.call('ticketing.request_refund', {
    event_id: placed.order.eventId,
    order_id: placed.order.id,
    refund_id: crypto.randomUUID(),
    payment_id: null,
    amount_minor: null,
    ticket_ids: null,
    actor: 'Ida',
    reason: null,
    ...change,
  })
  if (answer.outcome !== 'requested') throw new Error(JSON.stringify(answer))
  return answer.refund
}

test('a refund of the whole in the dashboard ends the order and voids its tickets', async () => {
  const { event, placed, charge } = await bought()
  stage.twin.control.refundInDashboard(charge)
  await money.settled()
  const order = await money.order(placed)
  expect(order).toMatchObject({
    status: 'refunded',
    payments: [{ status: 'refunded', refunded: usd(5000) }],
    refunds: [{ status: 'succeeded', amount: usd(5000) }],
  })
  expect(order.tickets.map(({ status }) => status)).toEqual(['void', 'void'])
  expect(await money.counters(event.id)).toEqual({ reserved: 0, issued: 0 })
})

test('a part refunded in the dashboard is goodwill: the tickets stay valid', async () => {
  const { placed, charge } = await bought()
  stage.twin.control.refundInDashboard(charge, { amount: 1200 })
  await money.settled()
  const order = await money.order(placed)
  expect(order).toMatchObject({ status: 'fulfilled', payments: [{ status: 'applied', refunded: usd(1200) }] })
  expect(order.tickets.map(({ status }) => status)).toEqual(['valid', 'valid'])
  expect(order.refunds).toHaveLength(1)
})

test('a dashboard refund of the same amount becomes the request that was not sent yet', async () => {
  const { placed, charge } = await bought()
  const asked = await request(placed)
  const before = money.refundRequests().length
  stage.twin.control.refundInDashboard(charge)
  await money.settled()
  await stage.twin.control.advance(120_000)
  await stage.kit.jobs.run('send-refunds')
  expect(await money.order(placed)).toMatchObject({
    status: 'refunded',
    refunds: [{ id: asked.id, status: 'succeeded' }],
  })
  expect(money.refundRequests()).toHaveLength(before)
})

test('a request that was not sent shrinks to what a dashboard refund leaves', async () => {
  const { placed, charge } = await bought()
  const asked = await request(placed)
  stage.twin.control.refundInDashboard(charge, { amount: 2000 })
  await money.settled()
  expect((await money.order(placed)).refunds).toContainEqual(
    expect.objectContaining({ id: asked.id, status: 'requested', amount: usd(3000) }),
  )
  await stage.twin.control.advance(120_000)
  await stage.kit.jobs.run('send-refunds')
  await money.settled()
  expect(await money.order(placed)).toMatchObject({ status: 'refunded', payments: [{ refunded: usd(5000) }] })
})

test('a request that no longer fits is cancelled, and its tickets follow the money', async () => {
  const { placed, charge } = await bought()
  const [first] = (await money.order(placed)).tickets
  const asked = await request(placed, { ticket_ids: [first?.id] })
  stage.twin.control.refundInDashboard(charge)
  await money.settled()
  const order = await money.order(placed)
  expect(order.refunds).toContainEqual(expect.objectContaining({ id: asked.id, status: 'cancelled' }))
  expect(order).toMatchObject({ status: 'refunded', payments: [{ refunded: usd(5000) }] })
  expect(order.tickets.map(({ status }) => status)).toEqual(['void', 'void'])
})

test('a request on its way when the dashboard took all of it gives way, although no webhook came', async () => {
  const { placed, charge } = await bought()
  for (const type of ['refund.*', 'charge.refund*']) stage.twin.control.addFault({ kind: 'drop', type, times: 10 })
  stage.twin.control.refundInDashboard(charge)
  const order = await money.refunded(placed)
  expect(order).toMatchObject({ status: 'refunded', payments: [{ status: 'refunded', refunded: usd(5000) }] })
  expect(order.refunds.map(({ status }) => status).sort()).toEqual(['cancelled', 'succeeded'])
})

test('a dashboard refund that fails later makes its order’s payment a case for review', async () => {
  const { placed, charge } = await bought()
  const refund = stage.twin.control.refundInDashboard(charge)
  await money.settled()
  stage.twin.control.settleRefund(refund.id, false)
  await money.settled()
  expect(await money.order(placed)).toMatchObject({
    payments: [{ status: 'needs_review', refunded: usd(0) }],
    refunds: [{ status: 'needs_review' }],
  })
})

test('a dashboard refund that finds no room brings along the failure that made room for it', async () => {
  const { placed, charge } = await bought()
  const whole = stage.twin.control.refundInDashboard(charge)
  await money.settled()
  stage.twin.control.addFault({ kind: 'drop', type: 'refund.*', times: 2 })
  stage.twin.control.addFault({ kind: 'drop', type: 'charge.*', times: 10 })
  stage.twin.control.settleRefund(whole.id, false)
  const part = stage.twin.control.refundInDashboard(charge, { amount: 700 })
  await money.settled()
  const { payments, refunds } = await money.order(placed)
  expect(payments).toMatchObject([{ status: 'needs_review', refunded: usd(700) }])
  expect(refunds).toContainEqual(expect.objectContaining({ gatewayRefundId: part.id, status: 'succeeded' }))
})

test('the same news many times over, in any form, is one refund', async () => {
  stage.twin.control.setWebhook({ url: 'http://kit.test/webhooks/stripe', payload: 'both' })
  const { placed, charge } = await bought()
  stage.twin.control.addFault({ kind: 'duplicate', copies: 3, times: 20 })
  stage.twin.control.refundInDashboard(charge, { amount: 900 })
  await money.settled()
  stage.twin.control.setWebhook({ url: 'http://kit.test/webhooks/stripe' })
  const order = await money.order(placed)
  expect(order.refunds).toHaveLength(1)
  expect(order.payments).toMatchObject([{ refunded: usd(900) }])
  expect(stage.messages.sent.filter(({ kind, order: { id } }) => kind === 'refund' && id === order.id)).toHaveLength(1)
})

test('news of a refund that overtakes the payment brings the payment along', async () => {
  const placed = await desk.order(await stage.createEvent(), 2)
  for (const type of ['checkout.*', 'payment_intent.*', 'charge.succeeded']) {
    stage.twin.control.addFault({ kind: 'drop', type, times: 10 })
  }
  const session = stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  expect((await money.order(placed)).payments).toEqual([])
  const charges = await fetch(`${stage.twin.url}/v1/charges?payment_intent=${session.payment_intent}`, {
    headers: { authorization: `Bearer ${stage.twin.secretKey}` },
  })
  const { data } = (await charges.json()) as { data: { id: string }[] }
  stage.twin.control.refundInDashboard(data[0]?.id ?? '')
  await money.settled()
  expect(await money.order(placed)).toMatchObject({ status: 'refunded', payments: [{ status: 'refunded' }] })
})
