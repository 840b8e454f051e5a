import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: OrderDesk
let money: MoneyDesk
beforeAll(async () => {
  // No webhooks: the tests tell the news themselves.
  stage = await startTestKit({}, { webhookUrl: '' })
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
}, 60_000)
afterAll(() => stage.close())
afterEach(async () => {
  await money.settled()
  await stage.database.withOwner(checkInvariants)
})

const query = <Row>(sql: string, parameters: unknown[]) =>
  stage.database.withOwner(connection => connection.query<Row>(sql, parameters))

const sold = async () => {
  const event = await stage.createEvent()
  const placed = await desk.order(event, 2)
  stage.twin.control.pay(sessionOf(placed))
  return { event, placed, subject: { event_id: event.id, order_id: placed.order.id } }
}
type Sold = Awaited<ReturnType<typeof sold>>

const bought = async () => {
  const sale = await sold()
  await desk.sync(sale.placed)
  return sale
}

/** Paid after the places were given back and the show was off: the money is owed. */
const owed = async () => {
  const sale = await sold()
  await stage.twin.control.advance(3_600_000)
  const { attempts } = await stage.database.call('ticketing.begin_expiry', { event_id: sale.event.id, max_orders: 10 })
  for (const { attemptId } of attempts) {
    await stage.database.call('ticketing.settle_attempt', {
      ...sale.subject,
      attempt_id: attemptId,
      session_status: 'expired',
    })
  }
  await stage.database.call('ticketing.cancel_event', { event_id: sale.event.id, actor: 'Ida', reason: null })
  expect((await desk.sync(sale.placed)).order.status).toBe('refund_due')
  await money.settled()
  return sale
}

const tell = async (sale: Sold, state: 'open' | 'won' | 'lost', amountMinor = 5000) => {
  const [payment] = (await money.order(sale.placed)).payments
  return stage.database.call('ticketing.record_dispute', {
    ...sale.subject,
    payment_id: payment?.id ?? '',
    dispute: { gatewayDisputeId: `du_${sale.placed.order.id}`, status: state, state, amountMinor, currency: 'USD' },
  })
}

const requestAll = ({ subject }: Sold) =>
  stage.database.call('ticketing.request_refund', {
    ...subject,
    refund_id: crypto.randomUUID(),
    payment_id: null,
    amount_minor: null,
    ticket_ids: null,
    actor: 'Ida',
    reason: null,
  })

const scoreOf = async ({ event }: Sold) =>
  (await query<{ score: number }>('select score from ticketing.event_health where event_id = $1', [event.id]))[0]?.score

const moneyOf = async ({ placed }: Sold) =>
  (
    await query<{ left: string }>(
      'select sum(money_delta_minor)::text as left from ticketing.journal where order_id = $1 and payment_id is not null',
      [placed.order.id],
    )
  )[0]?.left

test('money that was owed is at an end once the bank has paid it: nothing is sent, nothing is stuck', async () => {
  const sale = await owed()
  await tell(sale, 'open')
  await stage.twin.control.advance(3 * 3_600_000)
  expect(await scoreOf(sale)).toBe(0)
  const before = money.refundRequests().length
  expect(await tell(sale, 'lost')).toEqual({ outcome: 'lost' })
  expect(await money.order(sale.placed)).toMatchObject({
    status: 'refunded',
    payments: [{ status: 'refunded', reason: 'dispute_lost', refunded: { amountMinor: 0 } }],
    refunds: [{ status: 'cancelled' }],
  })
  expect(await moneyOf(sale)).toBe('0')
  expect(await scoreOf(sale)).toBe(0)
  await stage.kit.jobs.run('send-refunds')
  expect(money.refundRequests()).toHaveLength(before)
})

test('where the bank took a part only, a person sends the rest, and the dashboard ends it', async () => {
  const sale = await owed()
  await tell(sale, 'lost', 3000)
  expect(await money.order(sale.placed)).toMatchObject({
    status: 'refund_due',
    payments: [{ status: 'needs_review', reason: 'dispute_lost_in_part' }],
  })
  const [payment] = (await money.order(sale.placed)).payments
  await stage.database.call('ticketing.import_refund', {
    ...sale.subject,
    payment_id: payment?.id ?? '',
    refund: {
      gatewayRefundId: 're_rest',
      refundId: null,
      amountMinor: 2000,
      currency: 'USD',
      state: 'succeeded',
      reason: null,
    },
  })
  expect(await money.order(sale.placed)).toMatchObject({ status: 'refunded', payments: [{ status: 'refunded' }] })
  expect(await moneyOf(sale)).toBe('0')
})

test('a refund that could not be sent before the bank paid takes its tickets all the same', async () => {
  const sale = await bought()
  await tell(sale, 'open')
  await stage.database.call('ticketing.cancel_event', { event_id: sale.event.id, actor: 'Ida', reason: null })
  await stage.kit.jobs.run('cancel-events')
  await money.settled()
  await tell(sale, 'lost')
  const order = await money.order(sale.placed)
  expect(order).toMatchObject({ status: 'refunded', payments: [{ status: 'refunded' }] })
  expect(order.tickets.map(({ status }) => status)).toEqual(['void', 'void'])
  expect(await money.counters(sale.event.id)).toEqual({ reserved: 0, issued: 0 })
})

test('a show that is cancelled after the bank took the money refunds nobody twice', async () => {
  const sale = await bought()
  await tell(sale, 'lost')
  expect((await money.order(sale.placed)).status).toBe('fulfilled')
  await stage.database.call('ticketing.cancel_event', { event_id: sale.event.id, actor: 'Ida', reason: null })
  await stage.twin.control.advance(60_000)
  await stage.kit.jobs.run('cancel-events')
  await money.settled()
  expect(await money.order(sale.placed)).toMatchObject({
    status: 'refunded',
    payments: [{ status: 'refunded' }],
    refunds: [],
    tickets: [{ status: 'void' }, { status: 'void' }],
  })
  const told = stage.messages.sent.find(
    ({ order, kind }) => order.id === sale.placed.order.id && kind === 'cancellation',
  )
  expect(told?.text).toContain('Your bank has given you back what you paid.')
})

test('a refund that was sent and fails ends the order, too, once the bank has paid', async () => {
  const sale = await owed()
  await stage.database.call('ticketing.take_refunds', {
    event_id: sale.event.id,
    max_refunds: 10,
    worker: 'one',
    lease_seconds: 300,
  })
  await tell(sale, 'lost')
  expect((await money.order(sale.placed)).status).toBe('refund_due')
  const [refund] = (await money.order(sale.placed)).refunds
  await stage.database.call('ticketing.record_refund', {
    ...sale.subject,
    refund_id: refund?.id ?? '',
    state: 'failed',
    gateway_refund_id: null,
    error: 'charge_disputed',
  })
  expect(await money.order(sale.placed)).toMatchObject({
    status: 'refunded',
    payments: [{ status: 'refunded' }],
    refunds: [{ status: 'failed' }],
  })
})

test('won after it was lost, the money is ours and owed again, and a person decides', async () => {
  const sale = await owed()
  await tell(sale, 'lost')
  await tell(sale, 'won')
  expect((await money.order(sale.placed)).payments).toMatchObject([
    { status: 'needs_review', reason: 'dispute_won_late' },
  ])
  expect(await moneyOf(sale)).toBe('5000')
  expect((await requestAll(sale)).outcome).toBe('requested')
})
