import type { TicketKey } from '@venuekit/core/check-in'
import type { CheckInSummary, Page } from '@venuekit/core/contracts'
import type { RevokedTicket } from '../ports/checkInFunctions.ts'
import type { PageRequest } from './events.ts'
import type { KitContext } from './kitContext.ts'
import { badCursor, fromPageCursor, toPageCursor } from './pageCursor.ts'
import { ProblemError } from './problemError.ts'

const defaultPageSize = 500

/** What a door needs to tell codes without a network. */
export const listCheckInKeys = async ({ ticketCodes }: KitContext): Promise<{ keys: TicketKey[] }> => ({
  keys: [...(await ticketCodes.publicKeys())],
})

/** Tickets that not every code of admits, by id. */
export const listRevocations = async (
  { database }: KitContext,
  eventId: string,
  { cursor, limit = defaultPageSize }: PageRequest,
): Promise<Page<RevokedTicket>> => {
  const list = `revocations:${eventId}` as const
  const answer = await database.call('ticketing.list_revocations', {
    event_id: eventId,
    cursor: fromPageCursor(list, cursor),
    page_size: limit,
  })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such event.' })
  if (answer.outcome === 'bad_cursor') throw badCursor()
  return { items: answer.items, nextCursor: toPageCursor(list, answer.nextCursor) }
}

export const getCheckInSummary = async ({ database }: KitContext, eventId: string): Promise<CheckInSummary> => {
  const answer = await database.call('ticketing.check_in_summary', { event_id: eventId })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such event.' })
  return answer.summary
}
