import type { AdminOrder } from '@venuekit/core/contracts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'
import { withTicketCodes } from './ticketCode.ts'

/** One order with its money, for the host. */
export const getAdminOrder = async (
  context: KitContext,
  eventId: string,
  orderId: string,
): Promise<{ order: AdminOrder }> => {
  const answer = await context.database.call('ticketing.get_admin_order', { event_id: eventId, order_id: orderId })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such order.' })
  return { order: await withTicketCodes(context.ticketCodes, answer.order) }
}
