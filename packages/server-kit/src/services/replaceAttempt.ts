import type { CheckoutAttempt } from '../ports/ticketingFunctions.ts'
import { endAttempt } from './fence.ts'
import type { KitContext } from './kitContext.ts'
import { notPayable } from './notPayable.ts'
import { ProblemError } from './problemError.ts'

/**
 * Ends an attempt so that another may begin, behind the fence: nobody can pay at two sessions. Throws where the gateway
 * has the order paid or the payment under way, and `gateway_unavailable` where the session cannot be ended now.
 */
export const replaceAttempt = async (context: KitContext, attempt: CheckoutAttempt): Promise<void> => {
  const settlement = await endAttempt(context, attempt, { kind: 'return', reference: 'replace' })
  if (settlement.kind === 'open') {
    throw new ProblemError('gateway_unavailable', {
      detail: 'The gateway has not ended the old checkout yet. Send the same request again.',
      retryAfterMs: 2000,
    })
  }
  if (settlement.kind === 'unknown_order') throw notPayable('expired')
  if (settlement.order.status !== 'reserved') throw notPayable(settlement.order.status)
}
