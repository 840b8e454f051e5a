import type { GatewayRefund } from '../ports/gatewayRefund.ts'
import type { RefundOutcome } from '../ports/refundFunctions.ts'
import { deliverMessages } from './deliverMessages.ts'
import type { KitContext } from './kitContext.ts'
import { recordedPayment } from './recordedPayment.ts'
import { refundStateOf } from './refundState.ts'

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Outcomes that a person must look at. */
const alarming: readonly string[] = ['failed', 'failed_late', 'needs_review']

/** Tells the host of a refund that did not go as it should. */
export const watchRefund = async (
  context: KitContext,
  outcome: RefundOutcome | 'noted',
  fields: Record<string, unknown>,
): Promise<void> => {
  if (!alarming.includes(outcome)) return
  const summary = outcome === 'failed_late' ? 'A refund that had succeeded has failed' : 'A refund needs a look'
  await context.alerts.raise({ code: `refund_${outcome}`, summary, fields })
}

/**
 * Records a refund as the gateway has it now, whoever made it: by our id, by the gateway's, or as one of the
 * dashboard's. `not_ours` where its payment is none of the kit's. `refund` must be fresh from the gateway.
 */
export const importRefund = async (
  context: KitContext,
  refund: GatewayRefund,
): Promise<RefundOutcome | 'noted' | 'not_ours'> => {
  const intentId =
    refund.paymentIntentId ?? (refund.chargeId && (await context.gateway.findPaymentOfCharge(refund.chargeId)))
  const payment = intentId ? await recordedPayment(context, intentId) : null
  if (!payment) return 'not_ours'
  const answer = await context.database.call('ticketing.import_refund', {
    event_id: payment.eventId,
    order_id: payment.orderId,
    payment_id: payment.paymentId,
    refund: {
      gatewayRefundId: refund.id,
      refundId: refund.refundId !== null && uuidForm.test(refund.refundId) ? refund.refundId : null,
      amountMinor: refund.amountMinor,
      currency: refund.currency,
      state: refundStateOf(refund.status),
      reason: refund.failureReason,
    },
  })
  if (answer.outcome === 'not_found') throw new Error(`payment ${payment.paymentId} has no row`)
  if (answer.outcome === 'pending' || answer.outcome === 'succeeded') {
    void context.background.run('deliver-messages', () => deliverMessages(context))
  }
  await watchRefund(context, answer.outcome, { ...payment, gatewayRefundId: refund.id })
  return answer.outcome
}

/** Imports every refund of a payment at the gateway, oldest first. */
export const importPaymentRefunds = async (context: KitContext, paymentIntentId: string): Promise<string[]> => {
  const outcomes: string[] = []
  for (const refund of await context.gateway.listPaymentRefunds(paymentIntentId)) {
    outcomes.push(await importRefund(context, refund))
  }
  return outcomes
}
