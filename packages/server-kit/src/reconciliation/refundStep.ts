import type { GatewayRefund } from '../ports/gatewayRefund.ts'
import type { KnownRefund } from '../ports/reconciliationFunctions.ts'
import { findKnownPayments } from './findKnownPayments.ts'
import { gatewayPages } from './gatewayPages.ts'
import { judgeRefund } from './judgeRefund.ts'
import type { ReconciliationRun, Step } from './reconciliationRun.ts'

/** Those of payments that we know, with our rows of them. One without a payment intent is asked about by its charge. */
const findOurs = async (run: ReconciliationRun, refunds: GatewayRefund[]) => {
  const payments = await findKnownPayments(
    run,
    refunds.flatMap(({ paymentIntentId }) => paymentIntentId ?? []),
  )
  const keys = refunds.flatMap(({ id, paymentIntentId }) => {
    const payment = payments.get(paymentIntentId ?? '')
    return payment ? { eventId: payment.eventId, gatewayRefundId: id } : []
  })
  const known = new Map<string, KnownRefund>()
  if (keys.length > 0) {
    const found = await run.context.database.call('ticketing.find_refunds', { keys })
    for (const refund of found.refunds) known.set(refund.gatewayRefundId, refund)
  }
  return { payments, known }
}

/** Refunds made at the gateway in the window, by us or in its dashboard. */
export const refundStep: Step = (run, cursor) =>
  gatewayPages(run, cursor, {
    list: window => run.context.gateway.listRefunds(window),
    identify: ({ id, paymentIntentId }) => ({
      subject: `gateway_refund:${id}`,
      detail: { gatewayRefundId: id, paymentIntentId },
    }),
    async prepare(refunds) {
      const { payments, known } = await findOurs(run, refunds)
      return async refund => {
        const isOurs = refund.paymentIntentId === null || payments.has(refund.paymentIntentId)
        return isOurs ? judgeRefund(run, refund, known.get(refund.id) ?? null) : { kind: 'foreign' }
      }
    },
  })
