import type { CheckoutSession } from '../ports/checkoutSession.ts'
import type { KnownPayment } from '../ports/reconciliationFunctions.ts'
import { toSessionSubject } from '../services/sessionSubject.ts'
import { applyPaidSession } from './applyPaidSession.ts'
import { comparePayment } from './comparePayment.ts'
import { findKnownPayments } from './findKnownPayments.ts'
import { gatewayPages } from './gatewayPages.ts'
import type { ReconciliationRun, Step, Verdict } from './reconciliationRun.ts'

const isPaid = ({ status, paymentStatus }: CheckoutSession): boolean =>
  status === 'complete' && (paymentStatus === 'paid' || paymentStatus === 'no_payment_required')

/** A session beside what we recorded of it. Those not paid belong to the fence. */
const judgeSession = async (
  run: ReconciliationRun,
  session: CheckoutSession,
  known: KnownPayment | undefined,
): Promise<Verdict> => {
  const subject = toSessionSubject(session)
  if (!subject) return { kind: 'foreign' }
  if (!isPaid(session)) return { kind: 'agreed' }
  if (!known) return applyPaidSession(run, session, subject)
  const { amountTotalMinor: amountMinor, currency, mode } = session
  return comparePayment(known, session.id, { amountMinor, currency, mode })
}

/** Sessions made in the window: what was paid at the gateway and never reached us. */
export const sessionStep: Step = (run, cursor) =>
  gatewayPages(run, cursor, {
    list: window => run.context.gateway.listSessions(window),
    // By its payment where it has one, as the payments' own step names it.
    identify: ({ id, paymentIntentId, eventId, orderId }) => ({
      subject: paymentIntentId === null ? `session:${id}` : `intent:${paymentIntentId}`,
      detail: { eventId, orderId, sessionId: id, paymentIntentId },
    }),
    async prepare(sessions) {
      const known = await findKnownPayments(
        run,
        sessions.filter(isPaid).map(({ id }) => id),
      )
      return session => judgeSession(run, session, known.get(session.id))
    },
  })
