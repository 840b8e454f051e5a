import { createOrderResponse } from '@venuekit/core/contracts'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
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

const bought = async (quantity = 2, change: Parameters<TestKit['createEvent']>[0] = {}) => {
  const event = await stage.createEvent(change)
  const placed = await desk.order(event, quantity)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  return { event, placed }
}

const loseRefundNews = () => {
  for (const type of ['refund.*', 'charge.refund*']) stage.twin.control.addFault({ kind: 'drop', type, times: 10 })
}

const minor = (currency: string, amountMinor: number) => ({ amountMinor, currency })
const mailsAbout = (orderId: string, kind: string) =>
  stage.messages.sent.filter(mail => mail.kind === kind && mail.order.id === orderId)

test('a refund of the whole voids the tickets, gives the places back and ends the order', async () => {
  const { event, placed } = await bought()
  const order = await money.refunded(placed)
  expect(order).toMatchObject({
    status: 'refunded',
    payments: [{ status: 'refunded', refunded: minor('USD', 5000) }],
    refunds: [{ status: 'succeeded', amount: minor('USD', 5000) }],
  })
  expect(order.tickets.map(({ status }) => status)).toEqual(['void', 'void'])
  expect(await money.counters(event.id)).toEqual({ reserved: 0, issued: 0 })
  const [mail, ...others] = mailsAbout(order.id, 'refund')
  expect(mail?.text).toContain('$50.00 is on its way back to you')
  expect(others).toEqual([])
})

test('by ticket, the ticket is blocked when asked for, void when it succeeded, and the others stay', async () => {
  const { event, placed } = await bought()
  const [first] = (await money.order(placed)).tickets
  stage.twin.control.addFault({ kind: 'refund_pending' })
  const pending = await money.refunded(placed, { ticketIds: [first?.id] })
  expect(pending.tickets.map(({ status }) => status)).toEqual(['blocked', 'valid'])
  expect(pending.refunds).toMatchObject([{ status: 'pending', amount: minor('USD', 2500), ticketIds: [first?.id] }])
  expect(await money.counters(event.id)).toEqual({ reserved: 0, issued: 2 })

  stage.twin.control.settleRefund(await gatewayRefundOf(placed.order.id), true)
  await money.settled()
  const done = await money.order(placed)
  expect(done).toMatchObject({ status: 'fulfilled', payments: [{ status: 'applied', refunded: minor('USD', 2500) }] })
  expect(done.tickets.map(({ status }) => status)).toEqual(['void', 'valid'])
  expect(await money.counters(event.id)).toEqual({ reserved: 0, issued: 1 })
  expect(mailsAbout(done.id, 'refund')).toHaveLength(1)
})

const gatewayRefundOf = async (orderId: string): Promise<string> => {
  const rows = await stage.database.withOwner(connection =>
    connection.query<{ id: string }>('select gateway_refund_id as id from ticketing.refunds where order_id = $1', [
      orderId,
    ]),
  )
  return rows.at(-1)?.id ?? ''
}

test('one that fails before it succeeded makes the ticket valid again', async () => {
  const { placed } = await bought()
  const [first] = (await money.order(placed)).tickets
  stage.twin.control.addFault({ kind: 'refund_fails' })
  const order = await money.refunded(placed, { ticketIds: [first?.id] })
  expect(order.tickets.map(({ status }) => status)).toEqual(['valid', 'valid'])
  expect(order).toMatchObject({ refunds: [{ status: 'failed' }], payments: [{ refunded: minor('USD', 0) }] })
  await stage.kit.drain()
  expect(stage.alerts).toContainEqual(expect.objectContaining({ code: 'refund_failed' }))
})

test('one that fails after it succeeded leaves the tickets void and asks for review', async () => {
  const { event, placed } = await bought()
  await money.refunded(placed)
  stage.twin.control.settleRefund(await gatewayRefundOf(placed.order.id), false)
  await money.settled()
  const order = await money.order(placed)
  expect(order).toMatchObject({
    status: 'refunded',
    payments: [{ status: 'needs_review', refunded: minor('USD', 0) }],
    refunds: [{ status: 'needs_review' }],
  })
  expect(order.tickets.map(({ status }) => status)).toEqual(['void', 'void'])
  expect(await money.counters(event.id)).toEqual({ reserved: 0, issued: 0 })
  await stage.kit.drain()
  expect(stage.alerts).toContainEqual(expect.objectContaining({ code: 'refund_failed_late' }))
  // The admin tries again, and this time the bank takes it.
  expect(await money.refunded(placed)).toMatchObject({ payments: [{ status: 'refunded' }] })
})

test('by money, the tickets stay valid; what takes the rest takes the tickets with it', async () => {
  const { placed } = await bought()
  const goodwill = await money.refunded(placed, { amountMinor: 1000 })
  expect(goodwill).toMatchObject({
    status: 'fulfilled',
    payments: [{ status: 'applied', refunded: minor('USD', 1000) }],
  })
  expect(goodwill.tickets.map(({ status }) => status)).toEqual(['valid', 'valid'])
  const rest = await money.refunded(placed, { amountMinor: 4000 })
  expect(rest).toMatchObject({ status: 'refunded', payments: [{ status: 'refunded' }] })
  expect(rest.tickets.map(({ status }) => status)).toEqual(['void', 'void'])
  expect(mailsAbout(rest.id, 'refund')).toHaveLength(2)
})

test('the same id is the same refund; the same id with another wish is a conflict', async () => {
  const { placed } = await bought()
  const refundId = crypto.randomUUID()
  const asked = await Promise.all([1, 2, 3].map(() => money.refund(placed, { refundId, amountMinor: 700 })))
  expect(asked.map(({ status }) => status)).toEqual([200, 200, 200])
  expect((await money.refund(placed, { refundId, amountMinor: 701 })).problem()).toMatchObject({
    code: 'idempotency_conflict',
  })
  await money.settled()
  expect((await money.order(placed)).payments).toMatchObject([{ refunded: minor('USD', 700) }])
})

test('of two admins who refund the whole at once, one request reaches Stripe', async () => {
  const { placed } = await bought()
  const before = money.refundRequests().length
  const answers = await Promise.all([money.refund(placed), money.refund(placed)])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  await money.settled()
  expect(money.refundRequests().slice(before)).toHaveLength(1)
  expect(await money.order(placed)).toMatchObject({ status: 'refunded', refunds: [{ status: 'succeeded' }] })
})

test('what cannot be refunded is refused, with its reason, and changes nothing', async () => {
  const { placed } = await bought()
  const [first] = (await money.order(placed)).tickets
  const refusalOf = async (request: Record<string, unknown>) => (await money.refund(placed, request)).problem()
  expect(await refusalOf({ amountMinor: 5001 })).toMatchObject({ code: 'refund_refused', status: 409 })
  expect((await refusalOf({ amountMinor: 5001 })).detail).toContain('exceeds_payment')
  expect((await refusalOf({ ticketIds: [crypto.randomUUID()] })).detail).toContain('unknown_ticket')
  expect((await refusalOf({ paymentId: crypto.randomUUID() })).detail).toContain('no_payment')
  await money.refunded(placed, { ticketIds: [first?.id] })
  expect((await refusalOf({ ticketIds: [first?.id] })).detail).toContain('ticket_not_valid')
  const unpaid = await desk.order(await stage.createEvent())
  expect((await money.refund(unpaid)).problem().detail).toContain('no_payment')
})

test('a lost answer is looked for and never paid twice', async () => {
  const { placed } = await bought()
  stage.twin.control.addFault({ kind: 'lost_answer', path: '/v1/refunds', method: 'POST', times: 2 })
  loseRefundNews()
  const unknown = await money.refunded(placed)
  expect(unknown).toMatchObject({ status: 'fulfilled', refunds: [{ status: 'unknown' }] })
  expect(unknown.tickets.map(({ status }) => status)).toEqual(['blocked', 'blocked'])
  const sent = money.refundRequests().length
  await stage.twin.control.advance(120_000)
  await stage.kit.jobs.run('send-refunds')
  expect(await money.order(placed)).toMatchObject({ status: 'refunded', refunds: [{ status: 'succeeded' }] })
  expect(money.refundRequests()).toHaveLength(sent)
})

test('a lost answer is made good by the webhook, which knows the refund by our id', async () => {
  const { placed } = await bought()
  const refundId = crypto.randomUUID()
  stage.twin.control.addFault({ kind: 'lost_answer', path: '/v1/refunds', method: 'POST', times: 2 })
  const order = await money.refunded(placed, { refundId, amountMinor: 2000 })
  expect(order.refunds).toMatchObject([{ id: refundId, status: 'succeeded', origin: 'admin' }])
})

test('a request that never arrived is sent again under its key', async () => {
  const { placed } = await bought()
  stage.twin.control.addFault({ kind: 'error', status: 500, path: '/v1/refunds', method: 'POST' })
  expect(await money.refunded(placed)).toMatchObject({ refunds: [{ status: 'unknown' }] })
  await stage.twin.control.advance(120_000)
  await stage.kit.jobs.run('send-refunds')
  const order = await money.order(placed)
  expect(order).toMatchObject({ status: 'refunded', refunds: [{ status: 'succeeded' }] })
  const keys = money.refundRequests().filter(({ idempotencyKey }) => idempotencyKey === order.refunds[0]?.id)
  expect(keys).toHaveLength(2)
})

test('when the gateway has forgotten the key, the refund is found by its id and not paid again', async () => {
  const { placed } = await bought(2)
  stage.twin.control.addFault({ kind: 'lost_answer', path: '/v1/refunds', method: 'POST', times: 2 })
  loseRefundNews()
  expect(await money.refunded(placed, { amountMinor: 2000 })).toMatchObject({ refunds: [{ status: 'unknown' }] })
  const sent = money.refundRequests().length
  await stage.twin.control.advance(30 * 3_600_000)
  await stage.kit.jobs.run('send-refunds')
  expect(await money.order(placed)).toMatchObject({ refunds: [{ status: 'succeeded' }] })
  expect(money.refundRequests()).toHaveLength(sent)
})

test('when the gateway has forgotten the key and has no such refund, it is sent anew', async () => {
  const { placed } = await bought(2)
  stage.twin.control.addFault({ kind: 'lost_request', path: '/v1/refunds', method: 'POST', times: 2 })
  expect(await money.refunded(placed, { amountMinor: 2000 })).toMatchObject({ refunds: [{ status: 'unknown' }] })
  await stage.twin.control.advance(30 * 3_600_000)
  await stage.kit.jobs.run('send-refunds')
  expect(await money.order(placed)).toMatchObject({
    refunds: [{ status: 'succeeded' }],
    payments: [{ refunded: minor('USD', 2000) }],
  })
})

test('a pending refund is asked about where no webhook comes', async () => {
  const { placed } = await bought()
  stage.twin.control.addFault({ kind: 'refund_pending' })
  await money.refunded(placed)
  loseRefundNews()
  stage.twin.control.settleRefund(await gatewayRefundOf(placed.order.id), true)
  expect(await money.order(placed)).toMatchObject({ refunds: [{ status: 'pending' }] })
  await stage.twin.control.advance(3_600_000)
  await stage.kit.jobs.run('send-refunds')
  expect(await money.order(placed)).toMatchObject({ status: 'refunded', refunds: [{ status: 'succeeded' }] })
})

test.each([
  ['JPY', 5000],
  ['KWD', 12_340],
  ['ISK', 150_000],
])('a refund in %s is exact to the minor unit', async (currency, priceMinor) => {
  const { placed } = await bought(3, { currency, tiers: [newTier({ priceMinor })] })
  const [first] = (await money.order(placed)).tickets
  const order = await money.refunded(placed, { ticketIds: [first?.id] })
  expect(order.payments).toMatchObject([{ refunded: minor(currency, priceMinor) }])
})

test.each([
  ['KWD', 12_340, 12_335],
  ['UGX', 150_000, 99_950],
])(
  'in %s an amount that the gateway does not move is refused before it is asked',
  async (currency, priceMinor, amountMinor) => {
    const { placed } = await bought(1, { currency, tiers: [newTier({ priceMinor })] })
    const sent = money.refundRequests().length
    const answer = await money.refund(placed, { amountMinor })
    expect([answer.status, answer.problem().detail]).toEqual([409, expect.stringContaining('amount_off_step')])
    expect(money.refundRequests()).toHaveLength(sent)
  },
)

test('of an order of two tiers each ticket is worth its own price', async () => {
  const [floor, balcony] = [newTier({ priceMinor: 3333 }), newTier({ name: 'Balcony', priceMinor: 1001 })]
  const event = await stage.createEvent({ tiers: [floor, balcony] })
  const cart = { ...desk.cart(event), items: [floor, balcony].map(({ id }) => ({ tierId: id, quantity: 2 })) }
  const placed = (await desk.send(cart)).read(createOrderResponse)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  const { tickets } = await money.order(placed)
  const order = await money.refunded(placed, { ticketIds: [tickets[1]?.id, tickets[2]?.id] })
  expect(order.payments).toMatchObject([{ refunded: minor('USD', 4334) }])
  expect(order.tickets.map(({ status }) => status)).toEqual(['valid', 'void', 'void', 'valid'])
})
