import type { GatewayPayment } from '../ports/gatewayPayment.ts'
import type { KnownPayment } from '../ports/reconciliationFunctions.ts'
import { toSessionSubject } from '../services/sessionSubject.ts'
import { applyPaidSession } from './applyPaidSession.ts'
import { comparePayment } from './comparePayment.ts'
import { findKnownPayments } from './findKnownPayments.ts'
import { gatewayPages } from './gatewayPages.ts'
import { flag, type ReconciliationRun, type Step, type Verdict } from './reconciliationRun.ts'

const isMoney = ({ status }: GatewayPayment): boolean => status === 'succeeded'

const judgePayment = async (
  run: ReconciliationRun,
  payment: GatewayPayment,
  known: KnownPayment | undefined,
): Promise<Verdict> => {
  const subject = toSessionSubject(payment)
  if (!subject) return { kind: 'foreign' }
  if (!isMoney(payment)) return { kind: 'agreed' }
  const { id, receivedMinor: amountMinor, currency, mode } = payment
  if (known) return comparePayment(known, id, { amountMinor, currency, mode })
  await run.pace()
  const session = await run.context.gateway.findSession(id)
  if (session) return applyPaidSession(run, session, subject)
  const detail = { paymentIntentId: id, eventId: subject.eventId, orderId: subject.orderId, amountMinor, currency }
  return flag({ kind: 'payment_without_session', subject: `intent:${id}`, detail })
}

/** Payments made in the window, also of sessions that are older than it. */
export const paymentStep: Step = (run, cursor) =>
  gatewayPages(run, cursor, {
    list: window => run.context.gateway.listPayments(window),
    identify: ({ id, eventId, orderId }) => ({
      subject: `intent:${id}`,
      detail: { eventId, orderId, paymentIntentId: id },
    }),
    async prepare(payments) {
      const known = await findKnownPayments(
        run,
        payments.filter(isMoney).map(({ id }) => id),
      )
      return payment => judgePayment(run, payment, known.get(payment.id))
    },
  })
