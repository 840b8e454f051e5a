import type { AdminEvent } from '@venuekit/core/contracts'
import { callOffEvents } from './callOffEvents.ts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'

/**
 * Cancels the show. Selling ends with the answer; holds, refunds and mails follow in batches, here in the background
 * and in the jobs, which take up whatever was interrupted, by the signal too. Throws its reason where it came before.
 */
export const cancelEvent = async (
  context: KitContext,
  eventId: string,
  { actor, reason }: { actor: string; reason?: string | undefined },
  signal?: AbortSignal,
): Promise<{ event: AdminEvent }> => {
  signal?.throwIfAborted()
  const answer = await context.database.call('ticketing.cancel_event', {
    event_id: eventId,
    actor,
    reason: reason ?? null,
  })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such event.' })
  void context.background.run('cancel-events', () => callOffEvents(context, signal))
  return { event: answer.event }
}
