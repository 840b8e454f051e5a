import { adminEventResponse, adminOrderResponse, createOrderResponse } from '@venuekit/core/contracts'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAdminDesk, tierOf } from '../testing/adminDesk.ts'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'

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

const mailsAbout = (orderId: string) =>
  stage.messages.sent.filter(({ order }) => order.id === orderId).map(({ kind }) => kind)

const runJobs = async () => {
  await stage.twin.control.advance(300_000)
  for (const job of ['cancel-events', 'send-refunds'] as const) await stage.kit.jobs.run(job)
  await money.settled()
}

test('everybody is refunded, told once, and nothing is sold any more', async () => {
  const [paid, gift] = [newTier(), newTier({ name: 'Guests', priceMinor: 0 })]
  const event = await stage.createEvent({ tiers: [paid, gift] })
  const bought = await Promise.all([1, 2, 3].map(() => desk.order(event, 2)))
  for (const placed of bought) stage.twin.control.pay(sessionOf(placed))
  const guest = await desk.send({ ...desk.cart(event), items: [{ tierId: gift.id, quantity: 2 }] })
  const free = guest.read(createOrderResponse)
  const held = await desk.order(event)
  await money.settled()

  const answer = await money.cancelEvent(event.id)
  expect(answer.read(adminEventResponse).event.status).toBe('cancelled')
  await money.settled()
  for (const placed of bought) {
    const order = await money.order(placed)
    expect(order).toMatchObject({ status: 'refunded', refunds: [{ status: 'succeeded' }] })
    expect(order.tickets.map(({ status }) => status)).toEqual(['void', 'void'])
    expect(mailsAbout(order.id)).toEqual(['tickets', 'cancellation'])
  }
  const guests = await money.order(free)
  expect(guests.tickets.map(({ status }) => status)).toEqual(['void', 'void'])
  expect(mailsAbout(guests.id)).toEqual(['tickets', 'cancellation'])
  expect((await desk.show(held)).status).toBe('cancelled')
  expect(() => stage.twin.control.pay(sessionOf(held))).toThrow()
  expect(await money.counters(event.id)).toEqual({ reserved: 0, issued: 0 })
  expect((await desk.send(desk.cart(event))).problem()).toMatchObject({ code: 'sales_closed' })
  const reasons = await stage.database.withOwner(connection =>
    connection.query('select distinct void_reason from ticketing.tickets where event_id = $1', [event.id]),
  )
  expect(reasons).toEqual([{ void_reason: 'event_cancelled' }])

  const requests = money.refundRequests().length
  expect((await money.cancelEvent(event.id)).status).toBe(200)
  await runJobs()
  expect(money.refundRequests()).toHaveLength(requests)
  for (const placed of bought) expect(mailsAbout(placed.order.id)).toEqual(['tickets', 'cancellation'])
})

test('a mass refund that was interrupted goes on where it stopped', async () => {
  const event = await stage.createEvent()
  const bought = await Promise.all([1, 2, 3, 4, 5, 6].map(() => desk.order(event)))
  for (const placed of bought) stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  stage.twin.control.addFault({ kind: 'error', status: 503, path: '/v1/refunds*', times: 7 })
  await money.cancelEvent(event.id)
  await money.settled()
  const early = await Promise.all(bought.map(placed => money.order(placed)))
  expect(early.filter(({ status }) => status === 'refunded').length).toBeLessThan(6)
  stage.twin.control.clearFaults()
  await runJobs()
  for (const placed of bought) {
    expect(await money.order(placed)).toMatchObject({ status: 'refunded', refunds: [{ status: 'succeeded' }] })
  }
})

test('rows come first: a batch is committed before the gateway hears of it, and batches do not repeat', async () => {
  const event = await stage.createEvent()
  const bought = await Promise.all([1, 2, 3].map(() => desk.order(event)))
  for (const placed of bought) stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  const before = money.refundRequests().length
  await stage.database.call('ticketing.cancel_event', { event_id: event.id, actor: 'Ida', reason: null })
  const batches = []
  for (let round = 0; round < 3; round += 1) {
    batches.push(await stage.database.call('ticketing.call_off_orders', { event_id: event.id, max_orders: 2 }))
  }
  expect(batches.map(({ calledOff }) => calledOff)).toEqual([2, 1, 0])
  expect(money.refundRequests()).toHaveLength(before)
  for (const placed of bought) expect((await money.order(placed)).refunds).toMatchObject([{ status: 'requested' }])
})

test('who pays in the moment of the cancelling is refunded as well', async () => {
  const event = await stage.createEvent()
  const placed = await desk.order(event)
  stage.twin.control.addFault({ kind: 'drop', type: 'c*', times: 10 })
  stage.twin.control.addFault({ kind: 'drop', type: 'p*', times: 10 })
  stage.twin.control.pay(sessionOf(placed))
  await money.cancelEvent(event.id)
  await money.settled()
  await runJobs()
  const order = await money.order(placed)
  expect(order).toMatchObject({ status: 'refunded', payments: [{ status: 'refunded' }] })
  expect(mailsAbout(order.id)).toContain('cancellation')
})

const pendingOrder = async () => {
  const event = await stage.createEvent({ delayedPayments: true })
  const placed = await desk.order(event, 2)
  stage.twin.control.pay(sessionOf(placed), { method: 'us_bank_account' })
  await money.settled()
  expect((await desk.show(placed)).status).toBe('payment_pending')
  await money.cancelEvent(event.id)
  await money.settled()
  return { event, placed }
}

test('a payment that is under way ends with the show: its places are free, and its buyer is told', async () => {
  const { event, placed } = await pendingOrder()
  expect((await desk.show(placed)).status).toBe('expired')
  expect(await money.counters(event.id)).toEqual({ reserved: 0, issued: 0 })
  expect(mailsAbout(placed.order.id)).toEqual(['cancellation'])
  const mail = stage.messages.sent.find(({ order }) => order.id === placed.order.id)
  expect(mail?.text).toContain('Should your payment still arrive')
  expect(await stage.database.call('ticketing.events_to_call_off', { max_events: 100 })).toEqual({ eventIds: [] })
})

test('should it arrive after all, it goes back once, and the buyer hears of that too', async () => {
  const { event, placed } = await pendingOrder()
  const requests = money.refundRequests().length
  stage.twin.control.addFault({ kind: 'duplicate', copies: 3, times: 5 })
  stage.twin.control.settlePayment(sessionOf(placed), true)
  await money.settled()
  await runJobs()
  await desk.sync(placed)
  const order = await money.order(placed)
  expect(order).toMatchObject({
    status: 'refunded',
    payments: [{ status: 'refunded', reason: 'event_cancelled' }],
    refunds: [{ status: 'succeeded', origin: 'automatic' }],
    tickets: [],
  })
  expect(money.refundRequests()).toHaveLength(requests + 1)
  expect(mailsAbout(order.id)).toEqual(['cancellation', 'refund'])
  expect(await money.counters(event.id)).toEqual({ reserved: 0, issued: 0 })
})

test('should it fail, nothing more is owed, told or looked for', async () => {
  const { event, placed } = await pendingOrder()
  stage.twin.control.settlePayment(sessionOf(placed), false)
  await money.settled()
  await runJobs()
  expect(await money.order(placed)).toMatchObject({ status: 'expired', payments: [], refunds: [] })
  expect(mailsAbout(placed.order.id)).toEqual(['cancellation'])
  const { gateway } = stage
  const waiting = await stage.database.call('ticketing.pending_attempts', {
    run_id: crypto.randomUUID(),
    account: gateway.account,
    mode: gateway.mode,
    max_attempts: 100,
  })
  expect(waiting.attempts.filter(({ eventId }) => eventId === event.id)).toEqual([])
})

test('one that turns out to be under way only behind the fence ends as well', async () => {
  const event = await stage.createEvent({ delayedPayments: true })
  const placed = await desk.order(event)
  stage.twin.control.addFault({ kind: 'drop', type: 'checkout.session.completed' })
  stage.twin.control.pay(sessionOf(placed), { method: 'us_bank_account' })
  await money.settled()
  await money.cancelEvent(event.id)
  await money.settled()
  expect((await desk.show(placed)).status).toBe('payment_pending')
  await runJobs()
  expect((await desk.show(placed)).status).toBe('expired')
  expect(mailsAbout(placed.order.id)).toEqual(['cancellation'])
})

test('what was refunded before is not refunded again', async () => {
  const event = await stage.createEvent()
  const placed = await desk.order(event, 2)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  const [first] = (await money.order(placed)).tickets
  await money.refunded(placed, { ticketIds: [first?.id] })
  await money.cancelEvent(event.id)
  await money.settled()
  const order = await money.order(placed)
  expect(order.refunds.map(({ amount }) => amount.amountMinor).sort()).toEqual([2500, 2500])
  expect(order).toMatchObject({ status: 'refunded', payments: [{ refunded: { amountMinor: 5000 } }] })
})

test('what an admin had asked for before, and the gateway then fails to refund, goes back with the rest', async () => {
  const event = await stage.createEvent()
  const placed = await desk.order(event, 2)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  const [first] = (await money.order(placed)).tickets
  stage.twin.control.addFault({ kind: 'refund_pending' })
  const asked = await money.refunded(placed, { ticketIds: [first?.id] })
  await money.cancelEvent(event.id)
  await money.settled()
  stage.twin.control.settleRefund(asked.refunds[0]?.gatewayRefundId ?? '', false)
  await money.settled()
  await runJobs()
  const order = await money.order(placed)
  expect(order).toMatchObject({ status: 'refunded', payments: [{ refunded: { amountMinor: 5000 } }] })
  expect(order.refunds.map(({ origin, status }) => `${origin} ${status}`).sort()).toEqual([
    'admin failed',
    'mass succeeded',
    'mass succeeded',
  ])
  expect(order.tickets.map(({ status }) => status)).toEqual(['void', 'void'])
  expect(mailsAbout(order.id).filter(kind => kind === 'cancellation')).toHaveLength(1)
  await runJobs()
  expect((await money.order(placed)).refunds).toHaveLength(3)
})

test('tickets that are void are not sent again', async () => {
  const event = await stage.createEvent({ tiers: [newTier({ priceMinor: 0 })] })
  const guest = (await desk.send(desk.cart(event))).read(createOrderResponse)
  await money.cancelEvent(event.id)
  await money.settled()
  await stage.twin.control.advance(600_000)
  const asked = { eventId: event.id, email: guest.order.buyer.email }
  expect((await stage.call('POST', '/v1/orders/resend', { body: asked })).status).toBe(204)
  await money.settled()
  expect(mailsAbout(guest.order.id)).toEqual(['tickets', 'cancellation'])
})

test('an event that is not there cannot be cancelled', async () => {
  expect((await money.cancelEvent(crypto.randomUUID())).problem()).toMatchObject({ status: 404 })
})

test('what was paid outside the gateway is told to the host and goes back by hand', async () => {
  const event = await stage.createEvent()
  const placed = await desk.order(event, 2)
  await stage.database.call('ticketing.complete_order_atomic', {
    event_id: event.id,
    order_id: placed.order.id,
    payment: {
      paymentId: crypto.randomUUID(),
      kind: 'external',
      method: 'cash',
      reference: null,
      amountMinor: 5000,
      currency: 'USD',
    },
    source: { kind: 'door', actor: 'Ida' },
  })
  const before = money.refundRequests().length
  await money.cancelEvent(event.id)
  await money.settled()
  expect(await money.order(placed)).toMatchObject({
    status: 'fulfilled',
    payments: [{ status: 'refund_due', reason: 'event_cancelled' }],
    refunds: [],
    tickets: [{ status: 'void' }, { status: 'void' }],
  })
  await stage.kit.drain()
  expect(stage.alerts).toContainEqual(expect.objectContaining({ code: 'refunds_by_hand' }))
  expect(await money.refunded(placed)).toMatchObject({
    status: 'refunded',
    payments: [{ status: 'refunded' }],
    refunds: [{ status: 'succeeded', origin: 'admin', actor: 'Ida', gatewayRefundId: null }],
  })
  expect(money.refundRequests()).toHaveLength(before)
  // Cash shows on no statement, and no gateway sends it.
  const texts = stage.messages.sent.filter(({ order }) => order.id === placed.order.id).map(({ text }) => text)
  expect(texts.join()).toContain('The venue gives you back what you paid')
  expect(texts.join()).not.toContain('statement')
})

test('a part of what was paid at the door is told to come back the way it was paid', async () => {
  const event = await stage.createEvent()
  const { order } = await createAdminDesk(stage)
    .send('POST', `/events/${event.id}/door-sales`, {
      items: [{ tierId: tierOf(event).id, quantity: 2 }],
      buyer: { name: 'Ada', email: 'ada@example.com' },
      actor: 'Ida',
      method: 'cash',
      amountMinor: 5000,
    })
    .then(answer => answer.read(adminOrderResponse))
  await money.refunded({ order }, { ticketIds: [order.tickets[0]?.id] })
  const told = stage.messages.sent.find(mail => mail.order.id === order.id && mail.kind === 'refund')
  expect(told?.text).toContain('The venue gives you $25.00 back, the way you paid it. One ticket of your order')
})
