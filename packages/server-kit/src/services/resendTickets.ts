import type { ResendTicketsRequest } from '@venuekit/core/contracts'
import type { PublishableKey } from '../ports/venuekitFunctions.ts'
import { deliverMessages } from './deliverMessages.ts'
import type { KitContext } from './kitContext.ts'

/** Mails the tickets again. Says nothing of whether the address or the event is known. */
export const resendTickets = async (
  context: KitContext,
  body: ResendTicketsRequest,
  key: PublishableKey,
): Promise<undefined> => {
  const { queued } = await context.database.call('ticketing.request_resend', {
    event_id: body.eventId,
    venue_id: key.venueId,
    email: body.email,
  })
  if (queued > 0) void context.background.run('deliver-messages', () => deliverMessages(context))
}
