import type { CheckoutAttempt, CompletionSource } from '../ports/ticketingFunctions.ts'
import { applySession, type Settlement, settleNeverCreated } from './completion.ts'
import type { KitContext } from './kitContext.ts'

/**
 * Ends an attempt for good: the gateway is told to end its session and then asked what became of it, outside any
 * transaction; the places go back only where it can no longer be paid. Throws `GatewayError`: then nothing changed.
 */
export const endAttempt = async (
  context: KitContext,
  attempt: CheckoutAttempt,
  source: CompletionSource,
): Promise<Settlement> => {
  const sessionId = attempt.sessionId ?? (await context.gateway.findAttemptSession(attempt))?.id
  // The answer to its creation was lost, or it is on its way this moment: then attaching it will be refused.
  if (sessionId === undefined) return settleNeverCreated(context, attempt)
  return applySession(context, await context.gateway.expireSession(sessionId), attempt, source)
}
