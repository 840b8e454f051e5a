import type { GatewayRefund } from '../ports/gatewayRefund.ts'
import type { RefundOutcome } from '../ports/refundFunctions.ts'
import type { AlertCode } from './alertRules.ts'
import { deliverMessages } from './deliverMessages.ts'
import type { KitContext } from './kitContext.ts'
import { raiseOnce } from './raiseAlert.ts'
import { type RecordedPayment, recordedPayment } from './recordedPayment.ts'
import { refundStateOf } from './refundState.ts'
import { settleRefundedOrphan } from './settleRefundedOrphan.ts'

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Outcomes that a person must look at. */
const alarming: Partial<Record<RefundOutcome | 'noted', AlertCode>> = {
  failed: 'refund_failed',
  failed_late: 'refund_failed_late',
  needs_review: 'refund_needs_review',
}

/** Tells the host of a refund, ours or the gateway's by its id, that did not go as it should. */
export const watchRefund = async (
  context: KitContext,
  outcome: RefundOutcome | 'noted',
  id: string,
  fields: Record<string, unknown>,
): Promise<void> => {
  const code = alarming[outcome]
  if (code) await raiseOnce(context, `${code}:${id}`, { code, summary: `refund ${id}`, fields })
}

type ImportOutcome = RefundOutcome | 'noted'

const record = async (
  { database }: KitContext,
  payment: RecordedPayment,
  refund: GatewayRefund,
): Promise<ImportOutcome> => {
  const answer = await database.call('ticketing.import_refund', {
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
  return answer.outcome
}

/**
 * The gateway refunds no more than was paid: one that finds no room shows that we have not heard of another's failure.
 * So the payment's other refunds are read, and this one is recorded once more.
 */
const catchUp = async (
  context: KitContext,
  payment: RecordedPayment,
  refund: GatewayRefund,
  intentId: string,
): Promise<ImportOutcome> => {
  let others: GatewayRefund[]
  try {
    others = await context.gateway.listPaymentRefunds(intentId)
  } catch (error) {
    // The next news or the daily comparison tries again; a person hears of it now.
    context.log.warn('the other refunds of a payment could not be read', { ...payment, error: String(error) })
    return 'needs_review'
  }
  for (const other of others) {
    if (other.id === refund.id) continue
    const outcome = await record(context, payment, other)
    await watchRefund(context, outcome, other.id, { ...payment, gatewayRefundId: other.id })
  }
  const outcome = await record(context, payment, refund)
  return outcome === 'unchanged' ? 'needs_review' : outcome
}

/**
 * Records a refund as the gateway has it now, whoever made it: by our id, by the gateway's, or as one of the
 * dashboard's. `not_ours` where its payment is none of the kit's. `refund` must be fresh from the gateway.
 */
export const importRefund = async (context: KitContext, refund: GatewayRefund): Promise<ImportOutcome | 'not_ours'> => {
  const intentId =
    refund.paymentIntentId ?? (refund.chargeId && (await context.gateway.findPaymentOfCharge(refund.chargeId)))
  const payment = intentId ? await recordedPayment(context, intentId) : null
  if (!payment || !intentId) {
    if (intentId) await settleRefundedOrphan(context, intentId)
    return 'not_ours'
  }
  const first = await record(context, payment, refund)
  const outcome = first === 'needs_review' ? await catchUp(context, payment, refund, intentId) : first
  if (outcome === 'pending' || outcome === 'succeeded') {
    void context.background.run('deliver-messages', () => deliverMessages(context))
  }
  await watchRefund(context, outcome, refund.id, { ...payment, gatewayRefundId: refund.id })
  return outcome
}

/** Imports every refund of a payment at the gateway, oldest first. */
export const importPaymentRefunds = async (context: KitContext, paymentIntentId: string): Promise<string[]> => {
  const outcomes: string[] = []
  for (const refund of await context.gateway.listPaymentRefunds(paymentIntentId)) {
    outcomes.push(await importRefund(context, refund))
  }
  return outcomes
}
