import { expect, test } from 'vitest'
import { sessionParams, twinWithSdk } from '../../test/stripeTwin.ts'
import { stripeGateway } from './stripe.ts'

const setup = async () => {
  const { twin, stripe } = await twinWithSdk()
  const gateway = stripeGateway({
    secretKey: twin.secretKey,
    webhookSecrets: [twin.webhookSecret],
    account: twin.account,
    apiBase: twin.url,
    maxNetworkRetries: 0,
  })
  const session = await stripe.checkout.sessions.create(sessionParams())
  const paymentIntentId = String(twin.control.pay(session.id).payment_intent)
  const [charge] = (await stripe.charges.list({ payment_intent: paymentIntentId })).data
  const request = {
    refundId: crypto.randomUUID(),
    eventId: crypto.randomUUID(),
    orderId: crypto.randomUUID(),
    paymentIntentId,
    amountMinor: 1000,
  }
  return { twin, gateway, request, paymentIntentId, chargeId: charge?.id ?? '' }
}

test('a refund carries our ids, and the same request twice is one refund', async () => {
  const { twin, gateway, request, paymentIntentId } = await setup()
  const refund = await gateway.createRefund(request)
  expect(refund).toMatchObject({
    status: 'succeeded',
    amountMinor: 1000,
    currency: 'USD',
    paymentIntentId,
    refundId: request.refundId,
  })
  expect((await gateway.createRefund(request)).id).toBe(refund.id)
  const [sent] = twin.control.requests().filter(({ path, method }) => path === '/v1/refunds' && method === 'POST')
  expect(sent).toMatchObject({
    idempotencyKey: request.refundId,
    parameters: { metadata: { refund_id: request.refundId, event_id: request.eventId, order_id: request.orderId } },
  })
  expect(await gateway.getRefund(refund.id)).toEqual(refund)
})

test('it is found by our id among those of its payment, which come oldest first', async () => {
  const { twin, gateway, request, paymentIntentId, chargeId } = await setup()
  expect(await gateway.findRefund(paymentIntentId, request.refundId)).toBeNull()
  const byHand = twin.control.refundInDashboard(chargeId, { amount: 300 })
  await twin.control.advance(5000)
  const ours = await gateway.createRefund(request)
  expect((await gateway.findRefund(paymentIntentId, request.refundId))?.id).toBe(ours.id)
  const all = await gateway.listPaymentRefunds(paymentIntentId)
  expect(all.map(({ id, refundId }) => ({ id, refundId }))).toEqual([
    { id: byHand.id, refundId: null },
    { id: ours.id, refundId: request.refundId },
  ])
})

test('a charge names its payment, and a dispute is read as it is', async () => {
  const { twin, gateway, paymentIntentId, chargeId } = await setup()
  expect(await gateway.findPaymentOfCharge(chargeId)).toBe(paymentIntentId)
  const dispute = twin.control.dispute(chargeId)
  expect(await gateway.getDispute(dispute.id)).toMatchObject({
    status: 'needs_response',
    amountMinor: 3000,
    currency: 'USD',
    paymentIntentId,
  })
})

test('errors say whether it may have taken effect', async () => {
  const { twin, gateway, request } = await setup()
  await expect(gateway.createRefund({ ...request, amountMinor: 9999 })).rejects.toMatchObject({ kind: 'rejected' })
  twin.control.addFault({ kind: 'rate_limit', path: '/v1/refunds' })
  await expect(gateway.createRefund({ ...request, refundId: crypto.randomUUID() })).rejects.toMatchObject({
    kind: 'unavailable',
  })
  await expect(gateway.getRefund('re_none')).rejects.toMatchObject({ kind: 'not_found' })
  await expect(gateway.getDispute('du_none')).rejects.toMatchObject({ kind: 'not_found' })
})
