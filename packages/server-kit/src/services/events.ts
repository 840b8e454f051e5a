import type { AdminEvent, NewEvent, Page, VenueEvent } from '@venuekit/core/contracts'
import type { PublishableKey } from '../ports/venuekitFunctions.ts'
import type { KitContext } from './kitContext.ts'
import { newEventFaults } from './newEventFaults.ts'
import { badCursor, fromPageCursor, toPageCursor } from './pageCursor.ts'
import { ProblemError } from './problemError.ts'

export interface PageRequest {
  cursor?: string | undefined
  limit?: number | undefined
}

const defaultPageSize = 20

/** The coming events of the key's venue, soonest first. */
export const listEvents = async (
  context: KitContext,
  { cursor, limit = defaultPageSize }: PageRequest,
  key: PublishableKey,
): Promise<Page<VenueEvent>> => {
  const list = `events:${key.venueId}` as const
  const answer = await context.database.call('ticketing.list_events', {
    venue_id: key.venueId,
    cursor: fromPageCursor(list, cursor),
    page_size: limit,
  })
  if (answer.outcome === 'bad_cursor') throw badCursor()
  return { items: answer.items, nextCursor: toPageCursor(list, answer.nextCursor) }
}

/** One event of the key's venue; another venue's is not found. */
export const getEvent = async (
  context: KitContext,
  eventId: string,
  key: PublishableKey,
): Promise<{ event: VenueEvent }> => {
  const answer = await context.database.call('ticketing.get_event', { event_id: eventId, venue_id: key.venueId })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such event.' })
  return { event: answer.event }
}

/** Idempotent by the event's id. Throws `conflict` where that id stands for another event. */
export const createEvent = async (context: KitContext, event: NewEvent): Promise<{ event: AdminEvent }> => {
  const fields = newEventFaults(event)
  if (Object.keys(fields).length > 0) throw new ProblemError('invalid_request', { fields })
  const answer = await context.database.call('ticketing.create_event', { event_id: event.id, event })
  if ('event' in answer) return { event: answer.event }
  throw answer.outcome === 'conflict'
    ? new ProblemError('conflict', { detail: 'Another event has this id already.' })
    : new ProblemError('invalid_request', { fields: { venueId: 'no such venue' } })
}

export const getAdminEvent = async (context: KitContext, eventId: string): Promise<{ event: AdminEvent }> => {
  const answer = await context.database.call('ticketing.get_admin_event', { event_id: eventId })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such event.' })
  return { event: answer.event }
}
