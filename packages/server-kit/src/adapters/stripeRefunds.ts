import type Stripe from 'stripe'
import type { GatewayRefund } from '../ports/gatewayRefund.ts'
import type { GatewayRefunds } from '../ports/gatewayRefunds.ts'
import { toGatewayError } from './stripeError.ts'
import { toGatewayDispute, toGatewayRefund } from './stripeObjects.ts'

const named = async <Result>(doing: string, call: () => Promise<Result>): Promise<Result> => {
  try {
    return await call()
  } catch (error) {
    throw toGatewayError(error, doing)
  }
}

const listOf = async (stripe: Stripe, paymentIntentId: string): Promise<GatewayRefund[]> => {
  const refunds: GatewayRefund[] = []
  for await (const refund of stripe.refunds.list({ payment_intent: paymentIntentId, limit: 100 })) {
    refunds.push(toGatewayRefund(refund))
  }
  return refunds.reverse()
}

/** Refunds and disputes at Stripe. */
export const stripeRefunds = (stripe: Stripe): GatewayRefunds => ({
  createRefund: ({ refundId, eventId, orderId, paymentIntentId, amountMinor }) =>
    named('creating a refund', async () =>
      toGatewayRefund(
        await stripe.refunds.create(
          {
            payment_intent: paymentIntentId,
            amount: amountMinor,
            metadata: { refund_id: refundId, event_id: eventId, order_id: orderId },
          },
          { idempotencyKey: refundId },
        ),
      ),
    ),
  getRefund: id => named('reading a refund', async () => toGatewayRefund(await stripe.refunds.retrieve(id))),
  findRefund: (paymentIntentId, refundId) =>
    named('looking a refund up', async () => {
      const refunds = await listOf(stripe, paymentIntentId)
      return refunds.find(refund => refund.refundId === refundId) ?? null
    }),
  listPaymentRefunds: paymentIntentId =>
    named('listing the refunds of a payment', () => listOf(stripe, paymentIntentId)),
  getDispute: id => named('reading a dispute', async () => toGatewayDispute(await stripe.disputes.retrieve(id))),
  findPaymentOfCharge: id =>
    named('reading a charge', async () => {
      const { payment_intent: intent } = await stripe.charges.retrieve(id)
      return typeof intent === 'string' ? intent : (intent?.id ?? null)
    }),
})
