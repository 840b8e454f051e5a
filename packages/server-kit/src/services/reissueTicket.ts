import type { ReissuedTicket, ticketReissue } from '@venuekit/core/contracts'
import type * as z from 'zod/mini'
import { deliverMessages } from './deliverMessages.ts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'

/**
 * Makes the codes of a ticket up to a version worthless; the order shows the new one at once, and the buyer is mailed.
 * Idempotent by that version. Throws `not_found`, and `conflict` for a void ticket or a version that there is none of yet.
 */
export const reissueTicket = async (
  context: KitContext,
  { eventId, ticketId }: { eventId: string; ticketId: string },
  { codeVersion, actor, reason }: z.infer<typeof ticketReissue>,
): Promise<ReissuedTicket> => {
  const answer = await context.database.call('ticketing.reissue_ticket', {
    event_id: eventId,
    ticket_id: ticketId,
    code_version: codeVersion,
    actor,
    reason: reason ?? null,
  })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such ticket.' })
  if (answer.outcome === 'void') {
    throw new ProblemError('conflict', { detail: 'The ticket is void: none of its codes admits.' })
  }
  if (answer.outcome === 'never_given_out') {
    const detail = `The newest code of this ticket has version ${answer.codeVersion}.`
    throw new ProblemError('conflict', { detail })
  }
  void context.background.run('deliver-messages', () => deliverMessages(context))
  const { outcome: _, ...reissued } = answer
  return reissued
}
