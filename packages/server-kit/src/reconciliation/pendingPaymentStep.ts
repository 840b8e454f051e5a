import type { CheckoutAttempt } from '../ports/ticketingFunctions.ts'
import { applySession } from '../services/completion.ts'
import { ownPageSize, ownPages } from './ownPages.ts'
import type { ReconciliationRun, Step, Verdict } from './reconciliationRun.ts'

const judge = async (run: ReconciliationRun, attempt: CheckoutAttempt): Promise<Verdict> => {
  const { context, pace } = run
  const subject = `attempt:${attempt.attemptId}`
  await pace()
  const session = await context.gateway.getSession(attempt.sessionId ?? '')
  const settlement = await applySession(context, session, attempt, { kind: 'reconciler', reference: session.id })
  const waits = settlement.kind === 'settled' && settlement.outcome === 'payment_pending'
  return { kind: waits ? 'agreed' : 'mended', subject }
}

/** Orders that wait for a delayed payment, however old: its news may have been lost. */
export const pendingPaymentStep: Step = run =>
  ownPages(
    async () => {
      const { attempts } = await run.context.database.call('ticketing.pending_attempts', {
        run_id: run.runId,
        account: run.context.gateway.account,
        mode: run.context.gateway.mode,
        max_attempts: ownPageSize,
      })
      return attempts
    },
    attempt => judge(run, attempt),
  )
