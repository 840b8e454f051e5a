import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { SqlResult } from '../ports/database.ts'
import type { RefundState } from '../ports/refundFunctions.ts'
import type { PaymentInput } from '../ports/ticketingFunctions.ts'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: OrderDesk
let money: MoneyDesk
beforeAll(async () => {
  // No webhooks: the tests speak to the functions themselves.
  stage = await startTestKit({}, { webhookUrl: '' })
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
}, 60_000)
afterAll(() => stage.close())
beforeEach(() => void stage.twin.control.clearFaults())
afterEach(async () => {
  await money.settled()
  await stage.database.withOwner(checkInvariants)
})

const query = <Row = Record<string, unknown>>(sql: string, parameters: unknown[]) =>
  stage.database.withOwner(connection => connection.query<Row>(sql, parameters))

const bought = async (quantity = 2, change: Parameters<TestKit['createEvent']>[0] = {}) => {
  const event = await stage.createEvent(change)
  const placed = await desk.order(event, quantity)
  stage.twin.control.pay(sessionOf(placed))
  await desk.sync(placed)
  const [payment] = (await money.order(placed)).payments
  const subject = { event_id: event.id, order_id: placed.order.id }
  return { event, placed, subject, paymentId: payment?.id ?? '' }
}
type Bought = Awaited<ReturnType<typeof bought>>

const ask = async (
  { subject }: Bought,
  change: { amount_minor?: number; ticket_ids?: string[]; payment_id?: string } = {},
) => {
  const answer = await stage.database.call('ticketing.request_refund', {
    ...subject,
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

const tell = ({ subject, paymentId }: Bought, refundId: string | null, state: RefundState, amountMinor = 5000) =>
  stage.database.call('ticketing.import_refund', {
    ...subject,
    payment_id: paymentId,
    refund: {
      gatewayRefundId: `re_${refundId ?? subject.order_id}`,
      refundId,
      amountMinor,
      currency: 'USD',
      state,
      reason: null,
    },
  })

const takeFor = (worker: string, eventId: string): Promise<SqlResult<'ticketing.take_refunds'>> =>
  stage.database.call('ticketing.take_refunds', { event_id: eventId, max_refunds: 10, worker, lease_seconds: 300 })

test('a leased refund is nobody else’s until the lease is over, and is looked for before it is sent again', async () => {
  const sale = await bought()
  await ask(sale)
  const [first, second] = await Promise.all([takeFor('one', sale.event.id), takeFor('two', sale.event.id)])
  expect([...first.refunds, ...second.refunds]).toMatchObject([{ task: 'send', tries: 1 }])
  expect((await takeFor('two', sale.event.id)).refunds).toEqual([])
  await stage.twin.control.advance(301_000)
  expect((await takeFor('two', sale.event.id)).refunds).toMatchObject([{ task: 'look', maySendAgain: true, tries: 2 }])
})

test('a worker that died between the row and the call costs nobody anything', async () => {
  const sale = await bought()
  await ask(sale)
  await takeFor('dead', sale.event.id)
  await stage.twin.control.advance(301_000)
  await stage.kit.jobs.run('send-refunds')
  expect(await money.order(sale.placed)).toMatchObject({ status: 'refunded', refunds: [{ status: 'succeeded' }] })
})

test('after 23 hours only the worker that holds the lease may send anew', async () => {
  const sale = await bought()
  const refund = await ask(sale)
  await takeFor('first', sale.event.id)
  await stage.twin.control.advance(23 * 3_600_000 + 1000)
  expect((await takeFor('second', sale.event.id)).refunds).toMatchObject([{ task: 'look', maySendAgain: false }])
  const restart = (worker: string) =>
    stage.database.call('ticketing.restart_refund', { ...sale.subject, refund_id: refund.id, worker })
  expect(await restart('first')).toEqual({ maySend: false })
  expect(await restart('second')).toEqual({ maySend: true })
  await stage.twin.control.advance(301_000)
  expect(await restart('second')).toEqual({ maySend: false })
  expect((await takeFor('third', sale.event.id)).refunds).toMatchObject([{ task: 'look', maySendAgain: true }])
})

test('an older answer changes nothing once a refund has ended', async () => {
  const sale = await bought()
  const refund = await ask(sale)
  expect(await tell(sale, refund.id, 'pending')).toMatchObject({ outcome: 'pending' })
  expect(await tell(sale, refund.id, 'failed')).toMatchObject({ outcome: 'failed' })
  expect(await tell(sale, refund.id, 'succeeded')).toMatchObject({ outcome: 'unchanged' })
  expect(await money.order(sale.placed)).toMatchObject({ status: 'fulfilled', refunds: [{ status: 'failed' }] })
  const second = await ask(sale)
  await tell(sale, second.id, 'succeeded')
  expect(await tell(sale, second.id, 'pending')).toMatchObject({ outcome: 'unchanged' })
  expect(await money.order(sale.placed)).toMatchObject({ status: 'refunded' })
})

test('a refund that we gave up and that exists after all counts again', async () => {
  const sale = await bought()
  const refund = await ask(sale)
  await stage.database.call('ticketing.record_refund', {
    ...sale.subject,
    refund_id: refund.id,
    state: 'failed',
    gateway_refund_id: null,
    error: 'the key is wrong',
  })
  expect((await money.order(sale.placed)).tickets.map(({ status }) => status)).toEqual(['valid', 'valid'])
  expect(await tell(sale, refund.id, 'succeeded')).toMatchObject({ outcome: 'succeeded' })
  expect(await money.order(sale.placed)).toMatchObject({ status: 'refunded' })
})

test('a refund beyond what the payment holds is kept for a person and moves nothing', async () => {
  const sale = await bought()
  const refund = await ask(sale)
  await tell(sale, refund.id, 'succeeded')
  expect(await tell(sale, null, 'succeeded', 1000)).toMatchObject({ outcome: 'needs_review' })
  expect(await tell(sale, null, 'succeeded', 1000)).toMatchObject({ outcome: 'unchanged' })
  expect((await money.order(sale.placed)).payments).toMatchObject([{ refunded: { amountMinor: 5000 } }])
})

test('a refund in a state that nobody knows yet is noted', async () => {
  const sale = await bought()
  expect(await tell(sale, null, 'unknown')).toEqual({ outcome: 'noted' })
  expect((await money.order(sale.placed)).refunds).toEqual([])
})

test('where another sum was paid, tickets share it to the last minor unit, the largest fractions first', async () => {
  const [floor, balcony] = [newTier({ priceMinor: 1000 }), newTier({ name: 'Balcony', priceMinor: 500 })]
  const sale = await bought(3, { tiers: [floor, balcony] })
  const shares = async (paidMinor: number) =>
    (
      await query<{ share: string }>(
        `select s.share_minor::text as share from ticketing.orders o, ticketing.ticket_shares(o, $2) s
         join ticketing.tickets k on k.ticket_id = s.ticket_id where o.order_id = $1 order by k.ordinal`,
        [sale.subject.order_id, paidMinor],
      )
    ).map(({ share }) => Number(share))
  expect(await shares(3000)).toEqual([1000, 1000, 1000])
  expect(await shares(100)).toEqual([34, 33, 33])
  expect(await shares(2)).toEqual([1, 1, 0])
  expect(await shares(0)).toEqual([0, 0, 0])
})

/** A second session of the same order, paid as well: by a buyer with two tabs. */
const payAgain = async (sale: Bought): Promise<PaymentInput> => {
  const attemptId = crypto.randomUUID()
  const [first] = await query<{ params: Record<string, unknown>; expires: string }>(
    `select params, extract(epoch from expires_at)::bigint::text as expires from ticketing.attempts where order_id = $1`,
    [sale.subject.order_id],
  )
  const session = await stage.gateway.createCheckout({
    attemptId,
    orderId: sale.subject.order_id,
    eventId: sale.event.id,
    status: 'begun',
    ui: 'redirect',
    params: first?.params ?? {},
    expiresAt: Number(first?.expires),
    begunAt: new Date(stage.twin.control.clock().now).toISOString(),
    sessionId: null,
    url: null,
    clientSecret: null,
  })
  await query(
    `insert into ticketing.attempts (
       event_id, attempt_id, order_id, status, account, mode, ui, params, expires_at, begun_at, closed_at,
       close_reason, session_id)
     select event_id, $2, order_id, 'closed', account, mode, ui, params, expires_at, begun_at, begun_at, 'expired', $3
     from ticketing.attempts where order_id = $1 limit 1`,
    [sale.subject.order_id, attemptId, session.id],
  )
  const paid = stage.twin.control.pay(session.id)
  return {
    paymentId: crypto.randomUUID(),
    kind: 'gateway',
    account: stage.twin.account,
    mode: 'test',
    sessionId: session.id,
    paymentIntentId: String(paid.payment_intent),
    amountMinor: 5000,
    currency: 'USD',
  }
}

test('a second payment of one order goes back by the same worker and never touches its tickets', async () => {
  const sale = await bought()
  const payment = await payAgain(sale)
  const complete = () =>
    stage.database.call('ticketing.complete_order_atomic', {
      ...sale.subject,
      payment,
      source: { kind: 'webhook' },
    })
  expect(await complete()).toMatchObject({ outcome: 'surplus' })
  expect(await complete()).toMatchObject({ outcome: 'surplus' })
  await stage.twin.control.advance(60_000)
  await stage.kit.jobs.run('send-refunds')
  await money.settled()
  const order = await money.order(sale.placed)
  expect(order).toMatchObject({
    status: 'fulfilled',
    payments: [{ status: 'applied' }, { status: 'refunded', refunded: { amountMinor: 5000 } }],
    refunds: [{ status: 'succeeded', paymentId: payment.paymentId }],
  })
  expect(order.tickets.map(({ status }) => status)).toEqual(['valid', 'valid'])
  expect(await complete()).toMatchObject({ outcome: 'surplus' })
})

test('where the dashboard sent part of a surplus back, the rest goes back by itself', async () => {
  const sale = await bought()
  const payment = await payAgain(sale)
  await stage.database.call('ticketing.complete_order_atomic', {
    ...sale.subject,
    payment,
    source: { kind: 'webhook' },
  })
  await tell({ ...sale, paymentId: payment.paymentId }, null, 'succeeded', 2000)
  expect((await money.order(sale.placed)).refunds.map(({ amount }) => amount.amountMinor)).toEqual([3000, 2000])
})

test('a surplus whose refund gave way while it was on its way is refunded for the rest', async () => {
  const sale = await bought()
  const payment = await payAgain(sale)
  await stage.database.call('ticketing.complete_order_atomic', {
    ...sale.subject,
    payment,
    source: { kind: 'webhook' },
  })
  await takeFor('on its way', sale.event.id)
  await tell({ ...sale, paymentId: payment.paymentId }, null, 'succeeded', 2000)
  const rows = (await money.order(sale.placed)).refunds.map(({ amount, status }) => `${status} ${amount.amountMinor}`)
  expect(rows.sort()).toEqual(['cancelled 5000', 'requested 3000', 'succeeded 2000'])
})
