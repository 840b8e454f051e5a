import type { CheckoutSession } from '../ports/checkoutSession.ts'
import { GatewayError } from '../ports/gatewayError.ts'
import type { CheckoutAttempt } from '../ports/ticketingFunctions.ts'
import { applySession } from '../services/completion.ts'
import { ownPageSize, ownPages } from './ownPages.ts'
import { flag, type ReconciliationRun, type Step, type Verdict } from './reconciliationRun.ts'

/** Null where the gateway has no such session. */
const ask = async ({ context, pace }: ReconciliationRun, sessionId: string): Promise<CheckoutSession | null> => {
  await pace()
  try {
    return await context.gateway.getSession(sessionId)
  } catch (error) {
    if (error instanceof GatewayError && error.kind === 'not_found') return null
    throw error
  }
}

const judge = async (run: ReconciliationRun, attempt: CheckoutAttempt): Promise<Verdict> => {
  const { context } = run
  const { attemptId, sessionId, eventId, orderId } = attempt
  const subject = `attempt:${attemptId}`
  const session = await ask(run, sessionId ?? '')
  if (!session) {
    return flag({ kind: 'session_not_at_gateway', subject, detail: { eventId, orderId, attemptId, sessionId } })
  }
  const settlement = await applySession(context, session, attempt, { kind: 'reconciler', reference: session.id })
  const agreed = settlement.kind === 'settled' && ['payment_pending', 'unchanged'].includes(settlement.outcome)
  return { kind: agreed ? 'agreed' : 'mended', subject }
}

/** Orders that wait for a delayed payment, however old, or lately gave it up: its news may have been lost. */
export const pendingPaymentStep: Step = run =>
  ownPages({
    async read() {
      const { attempts } = await run.context.database.call('ticketing.pending_attempts', {
        run_id: run.runId,
        account: run.context.gateway.account,
        mode: run.context.gateway.mode,
        max_attempts: ownPageSize,
      })
      return attempts
    },
    identify: ({ attemptId, sessionId, eventId, orderId }) => ({
      subject: `attempt:${attemptId}`,
      detail: { eventId, orderId, attemptId, sessionId },
    }),
    judge: attempt => judge(run, attempt),
  })
