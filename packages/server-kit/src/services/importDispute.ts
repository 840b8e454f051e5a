import type { GatewayDispute } from '../ports/gatewayDispute.ts'
import type { DisputeState } from '../ports/refundFunctions.ts'
import type { AlertCode } from './alertRules.ts'
import type { KitContext } from './kitContext.ts'
import { raiseOnce } from './raiseAlert.ts'
import { recordedPayment } from './recordedPayment.ts'
import { disputeStateOf } from './refundState.ts'

const codes: Partial<Record<DisputeState, AlertCode>> = {
  open: 'dispute_open',
  lost: 'dispute_lost',
  unknown: 'dispute_unknown',
}

/** Records a dispute as the gateway has it now. `not_ours` where its payment is none of the kit's. */
export const importDispute = async (
  context: KitContext,
  dispute: GatewayDispute,
): Promise<DisputeState | 'unchanged' | 'not_ours'> => {
  const intentId =
    dispute.paymentIntentId ?? (dispute.chargeId && (await context.gateway.findPaymentOfCharge(dispute.chargeId)))
  const payment = intentId ? await recordedPayment(context, intentId) : null
  if (!payment) return 'not_ours'
  const { outcome } = await context.database.call('ticketing.record_dispute', {
    event_id: payment.eventId,
    order_id: payment.orderId,
    payment_id: payment.paymentId,
    dispute: {
      gatewayDisputeId: dispute.id,
      status: dispute.status,
      state: disputeStateOf(dispute.status),
      amountMinor: dispute.amountMinor,
      currency: dispute.currency,
    },
  })
  if (outcome === 'not_found') throw new Error(`payment ${payment.paymentId} has no row`)
  const code = outcome === 'unchanged' ? undefined : codes[outcome]
  if (code) {
    const fields = { ...payment, gatewayDisputeId: dispute.id, status: dispute.status, reason: dispute.reason }
    const summary = `order ${payment.orderId}, dispute ${dispute.id}`
    await raiseOnce(context, `${code}:${dispute.id}`, { code, summary, fields })
  }
  return outcome
}
