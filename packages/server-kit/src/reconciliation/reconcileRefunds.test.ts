import { type CreateOrderResponse, refundResponse } from '@venuekit/core/contracts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { sessionOf } from '../testing/orderDesk.ts'
import { counts, type ReconciliationStage, startReconciliationStage } from '../testing/reconciliationStage.ts'
import { testSecrets } from '../testing/testSecrets.ts'

let stage: ReconciliationStage
beforeAll(async () => {
  stage = await startReconciliationStage()
}, 60_000)
afterAll(() => stage.close())
beforeEach(() => stage.refresh())

const buy = async (quantity = 1): Promise<CreateOrderResponse> => {
  const placed = await stage.desk.order(await stage.createEvent(), quantity)
  stage.twin.control.pay(sessionOf(placed))
  await stage.twin.control.settled()
  return placed
}

const askForRefund = async ({ order }: CreateOrderResponse) => {
  const answer = await stage.call('POST', `/v1/admin/events/${order.eventId}/orders/${order.id}/refunds`, {
    key: null,
    origin: null,
    bearer: testSecrets.adminKeys[0],
    idempotencyKey: crypto.randomUUID(),
    body: { refundId: crypto.randomUUID(), actor: 'ada@venue.example' },
  })
  const [refund] = answer.read(refundResponse).refunds
  await stage.kit.drain()
  return refund?.id ?? ''
}

const refundsOf = ({ order }: CreateOrderResponse) =>
  stage.query<{ status: string; origin: string; amount: number }>(
    'select status, origin, amount_minor::int as amount from ticketing.refunds where order_id = $1',
    [order.id],
  )

test('a dashboard refund that we never heard of is imported as its webhook would have done', async () => {
  const placed = await buy(2)
  const charge = await stage.chargeOf(placed)
  await stage.silently(() => stage.twin.control.refundInDashboard(charge))
  expect((await stage.reconcile()).report.refunds).toEqual(counts({ read: 1, mended: 1 }))
  expect(await refundsOf(placed)).toEqual([{ status: 'succeeded', origin: 'gateway', amount: 5000 }])
  expect((await stage.desk.show(placed)).tickets.map(({ status }) => status)).toEqual(['void', 'void'])
  await stage.database.withOwner(checkInvariants)
  expect((await stage.reconcile()).report).toMatchObject({
    refunds: counts({ read: 1, agreed: 1 }),
    ourRefunds: counts(),
    findings: [],
  })
})

test('a dispute that we never heard of is imported, and its end is found however old it is', async () => {
  const placed = await buy()
  const charge = await stage.chargeOf(placed)
  const { id } = await stage.silently(() => stage.twin.control.dispute(charge))
  expect((await stage.reconcile()).report.disputes).toEqual(counts({ read: 1, mended: 1 }))
  const states = () => stage.query('select state from ticketing.disputes where gateway_dispute_id = $1', [id])
  expect(await states()).toEqual([{ state: 'open' }])
  expect((await stage.reconcile()).report).toMatchObject({
    disputes: counts({ read: 1, agreed: 1 }),
    ourDisputes: counts(),
  })
  await stage.twin.control.advance(40 * 24 * 3600_000)
  await stage.silently(() => stage.twin.control.closeDispute(id, true))
  expect((await stage.reconcile()).report).toMatchObject({
    disputes: counts(),
    ourDisputes: counts({ read: 1, mended: 1 }),
  })
  expect(await states()).toEqual([{ state: 'won' }])
  await stage.database.withOwner(checkInvariants)
})

test('a refund of ours whose answer and webhooks were lost is found at the gateway', async () => {
  const placed = await buy()
  await stage.silently(async () => {
    stage.twin.control.addFault({ kind: 'lost_answer', path: '/v1/refunds', method: 'POST', times: 2 })
    await askForRefund(placed)
  })
  expect(await refundsOf(placed)).toMatchObject([{ status: 'unknown' }])
  expect((await stage.reconcile()).report.refunds).toEqual(counts({ read: 1, mended: 1 }))
  expect(await refundsOf(placed)).toMatchObject([{ status: 'succeeded', origin: 'admin' }])
  expect((await stage.reconcile()).report).toMatchObject({
    refunds: counts({ read: 1, agreed: 1 }),
    ourRefunds: counts(),
  })
})

test('a pending refund that ended long after the window is asked about again', async () => {
  const placed = await buy()
  stage.twin.control.addFault({ kind: 'refund_pending' })
  await askForRefund(placed)
  await stage.twin.control.settled()
  expect(await refundsOf(placed)).toMatchObject([{ status: 'pending' }])
  await stage.twin.control.advance(4 * 24 * 3600_000)
  const { data } = await stage.read<{ data: { id: string }[] }>('/v1/refunds')
  await stage.silently(() => stage.twin.control.settleRefund(data[0]?.id ?? '', true))
  expect((await stage.reconcile()).report).toMatchObject({
    refunds: counts(),
    ourRefunds: counts({ read: 1, mended: 1 }),
  })
  expect(await refundsOf(placed)).toMatchObject([{ status: 'succeeded' }])
})

test('a dashboard refund that its payment had no room for is mended as soon as there is room, however old it is', async () => {
  const placed = await buy()
  const charge = await stage.chargeOf(placed)
  const whole = stage.twin.control.refundInDashboard(charge)
  await stage.twin.control.settled()
  // The failure is not heard of, nor can the kit look at all refunds of the payment.
  stage.twin.control.addFault({ kind: 'drop', type: 'refund.*', times: 2 })
  stage.twin.control.addFault({ kind: 'drop', type: 'charge.*', times: 10 })
  stage.twin.control.addFault({ kind: 'error', method: 'GET', path: '/v1/refunds', times: 10 })
  stage.twin.control.settleRefund(whole.id, false)
  stage.twin.control.refundInDashboard(charge, { amount: 100 })
  await stage.twin.control.settled()
  expect(await refundsOf(placed)).toMatchObject([{ status: 'succeeded' }, { status: 'needs_review' }])
  stage.twin.control.clearFaults()
  await stage.twin.control.advance(4 * 24 * 3600_000)
  const failure = stage.twin.control.deliveries().find(({ type }) => type === 'refund.failed')
  stage.twin.control.resend(failure?.id ?? '')
  await stage.twin.control.settled()
  expect((await stage.reconcile()).report).toMatchObject({
    refunds: counts(),
    ourRefunds: counts({ read: 1, mended: 1 }),
  })
  expect(await refundsOf(placed)).toMatchObject([{ status: 'needs_review' }, { status: 'succeeded', amount: 100 }])
})

test('a refund that the gateway does not know is flagged and stays as it is', async () => {
  const placed = await buy()
  const refundId = await askForRefund(placed)
  await stage.twin.control.settled()
  await stage.query(`update ticketing.refunds set gateway_refund_id = 're_gone' where refund_id = $1`, [refundId])
  stage.twin.control.reset()
  const { report } = await stage.reconcile()
  expect(report.ourRefunds).toEqual(counts({ read: 1, flagged: 1 }))
  expect(report.findings.find(({ kind }) => kind === 'refund_not_at_gateway')).toEqual({
    kind: 'refund_not_at_gateway',
    subject: `refund:${refundId}`,
    detail: {
      eventId: placed.order.eventId,
      orderId: placed.order.id,
      gatewayRefundId: 're_gone',
      amountMinor: 2500,
      currency: 'USD',
      ourStatus: 'succeeded',
    },
  })
  expect(await refundsOf(placed)).toMatchObject([{ status: 'succeeded' }])
})
