import type Stripe from 'stripe'
import type { GatewayDispute } from '../ports/gatewayDispute.ts'
import type { GatewayPayment } from '../ports/gatewayPayment.ts'
import type { GatewayRefund } from '../ports/gatewayRefund.ts'

const idOf = (reference: string | { id: string } | null | undefined): string | null =>
  typeof reference === 'string' ? reference : (reference?.id ?? null)

export const toGatewayPayment = (intent: Stripe.PaymentIntent): GatewayPayment => ({
  id: intent.id,
  status: intent.status,
  receivedMinor: intent.amount_received,
  currency: intent.currency.toUpperCase(),
  mode: intent.livemode ? 'live' : 'test',
  eventId: intent.metadata.event_id ?? null,
  orderId: intent.metadata.order_id ?? null,
  attemptId: intent.metadata.attempt_id ?? null,
})

export const toGatewayRefund = (refund: Stripe.Refund): GatewayRefund => ({
  id: refund.id,
  status: refund.status ?? 'unknown',
  amountMinor: refund.amount,
  currency: refund.currency.toUpperCase(),
  paymentIntentId: idOf(refund.payment_intent),
  chargeId: idOf(refund.charge),
  createdAt: refund.created,
  refundId: refund.metadata?.refund_id ?? null,
  failureReason: refund.failure_reason ?? null,
})

export const toGatewayDispute = (dispute: Stripe.Dispute): GatewayDispute => ({
  id: dispute.id,
  status: dispute.status,
  amountMinor: dispute.amount,
  currency: dispute.currency.toUpperCase(),
  paymentIntentId: idOf(dispute.payment_intent),
  chargeId: idOf(dispute.charge),
  createdAt: dispute.created,
  reason: dispute.reason ?? null,
})
