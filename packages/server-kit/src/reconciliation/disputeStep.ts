import type { GatewayDispute } from '../ports/gatewayDispute.ts'
import type { KnownDispute } from '../ports/reconciliationFunctions.ts'
import { findKnownPayments } from './findKnownPayments.ts'
import { gatewayPages } from './gatewayPages.ts'
import { judgeDispute } from './judgeDispute.ts'
import type { ReconciliationRun, Step } from './reconciliationRun.ts'

const findOurs = async (run: ReconciliationRun, disputes: GatewayDispute[]) => {
  const payments = await findKnownPayments(
    run,
    disputes.flatMap(({ paymentIntentId }) => paymentIntentId ?? []),
  )
  const keys = disputes.flatMap(({ id, paymentIntentId }) => {
    const payment = payments.get(paymentIntentId ?? '')
    return payment ? { eventId: payment.eventId, gatewayDisputeId: id } : []
  })
  const known = new Map<string, KnownDispute>()
  if (keys.length > 0) {
    const found = await run.context.database.call('ticketing.find_disputes', { keys })
    for (const dispute of found.disputes) known.set(dispute.gatewayDisputeId, dispute)
  }
  return { payments, known }
}

/** Disputes that were opened in the window. */
export const disputeStep: Step = (run, cursor) =>
  gatewayPages(run, cursor, {
    list: window => run.context.gateway.listDisputes(window),
    identify: ({ id, paymentIntentId }) => ({
      subject: `dispute:${id}`,
      detail: { gatewayDisputeId: id, paymentIntentId },
    }),
    async prepare(disputes) {
      const { payments, known } = await findOurs(run, disputes)
      return async dispute => {
        const isOurs = dispute.paymentIntentId === null || payments.has(dispute.paymentIntentId)
        return isOurs ? judgeDispute(run, dispute, known.get(dispute.id) ?? null) : { kind: 'foreign' }
      }
    },
  })
