import type { AdminOrder, OrderStatus, Page } from '@venuekit/core/contracts'
import type { PageRequest } from './events.ts'
import type { KitContext } from './kitContext.ts'
import { badCursor, fromPageCursor, toPageCursor } from './pageCursor.ts'
import { ProblemError } from './problemError.ts'
import { withTicketCodes } from './ticketCode.ts'

export interface OrderSearch extends PageRequest {
  email?: string | undefined
  status?: OrderStatus | undefined
}

const defaultPageSize = 20

/** An event's orders, newest first; of one address, in capitals or not, and of one status where asked. */
export const searchOrders = async (
  context: KitContext,
  eventId: string,
  { email, status, cursor, limit = defaultPageSize }: OrderSearch,
): Promise<Page<AdminOrder>> => {
  const list = `orders:${eventId}` as const
  const answer = await context.database.call('ticketing.search_orders', {
    event_id: eventId,
    email: email ?? null,
    status: status ?? null,
    cursor: fromPageCursor(list, cursor),
    page_size: limit,
  })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such event.' })
  if (answer.outcome === 'bad_cursor') throw badCursor()
  const items = await Promise.all(answer.items.map(order => withTicketCodes(context.ticketCodes, order)))
  return { items, nextCursor: toPageCursor(list, answer.nextCursor) }
}
