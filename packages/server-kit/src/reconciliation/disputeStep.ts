import type { GatewayDispute } from '../ports/gatewayDispute.ts'
import type { KnownDispute } from '../ports/reconciliationFunctions.ts'
import { findKnownPayments } from './findKnownPayments.ts'
import { gatewayPages } from './gatewayPages.ts'
import { judgeDispute } from './judgeDispute.ts'
import type { ReconciliationRun, Step, Verdict } from './reconciliationRun.ts'

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
  gatewayPages(
    run,
    cursor,
    window => run.context.gateway.listDisputes(window),
    async disputes => {
      const { payments, known } = await findOurs(run, disputes)
      const verdicts: Verdict[] = []
      for (const dispute of disputes) {
        const isOurs = dispute.paymentIntentId === null || payments.has(dispute.paymentIntentId)
        verdicts.push(isOurs ? await judgeDispute(run, dispute, known.get(dispute.id) ?? null) : { kind: 'foreign' })
      }
      return verdicts
    },
  )
