import type { CheckoutSession } from '../ports/checkoutSession.ts'
import { applySession } from '../services/completion.ts'
import { keepOrphan, orphanFields } from '../services/orphanPayments.ts'
import type { SessionSubject } from '../services/sessionSubject.ts'
import { flag, type ReconciliationRun, type Verdict } from './reconciliationRun.ts'

/** Gives a session that we missed to its order, by the function that webhooks use. */
export const applyPaidSession = async (
  { context }: ReconciliationRun,
  session: CheckoutSession,
  subject: SessionSubject,
): Promise<Verdict> => {
  const settlement = await applySession(context, session, subject, { kind: 'reconciler', reference: session.id })
  if (settlement.kind === 'unknown_order') {
    await keepOrphan(context, session, subject)
    return flag({ kind: 'orphan_payment', subject: `session:${session.id}`, detail: orphanFields(session, subject) })
  }
  if (settlement.kind !== 'completed' || settlement.outcome !== 'needs_review') return { kind: 'mended' }
  const { eventId, orderId } = subject
  const detail = { eventId, orderId, sessionId: session.id }
  return flag({ kind: 'payment_needs_review', subject: `session:${session.id}`, detail })
}
