import type { ResendTicketsRequest } from '@venuekit/core/contracts'
import type { PublishableKey } from '../ports/venuekitFunctions.ts'
import { deliverMessages } from './deliverMessages.ts'
import { enforceLimits } from './enforceLimits.ts'
import type { KitContext } from './kitContext.ts'

/**
 * Mails the tickets again. Says nothing of whether the address or the event is known, and is throttled without asking.
 */
export const resendTickets = async (
  context: KitContext,
  body: ResendTicketsRequest,
  { key, clientAddress }: { key: PublishableKey; clientAddress: string | null },
): Promise<undefined> => {
  const { email, eventId } = body
  await enforceLimits(context, 'resendTickets', { clientAddress, email, keyId: key.keyId, eventId })
  const { queued } = await context.database.call('ticketing.request_resend', {
    event_id: eventId,
    venue_id: key.venueId,
    email,
  })
  if (queued > 0) void context.background.run('deliver-messages', () => deliverMessages(context))
}
