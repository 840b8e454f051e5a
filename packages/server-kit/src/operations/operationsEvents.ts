import type {
  OperationsEvent,
  OperationsEventFilter,
  OperationsEventOrder,
  OperationsEventPage,
  OperationsEventResponse,
} from '@venuekit/core/contracts'
import type { StoredOperationsEvent } from '../ports/operationsFunctions.ts'
import type { PageRequest } from '../services/events.ts'
import type { KitContext } from '../services/kitContext.ts'
import { badCursor, fromPageCursor, toPageCursor } from '../services/pageCursor.ts'
import { ProblemError } from '../services/problemError.ts'
import { toHealthParts } from './toHealthParts.ts'

const defaultPageSize = 25

interface EventsRequest extends PageRequest {
  search?: string | undefined
  filter?: OperationsEventFilter | undefined
  order?: OperationsEventOrder | undefined
}

const toEvent = (event: StoredOperationsEvent): OperationsEvent => ({
  ...event,
  health: event.health && { ...event.health, parts: toHealthParts(event.health.parts, event.id) },
})

/** Events of all venues, the least healthy first unless asked otherwise, by what is kept of each. */
export const listOperationsEvents = async (
  context: KitContext,
  { search = '', filter = 'all', order = 'score', cursor, limit = defaultPageSize }: EventsRequest,
): Promise<OperationsEventPage> => {
  const list = `operations:${filter}:${order}` as const
  const answer = await context.database.call('ticketing.list_operations_events', {
    search: search === '' ? null : search,
    filter,
    sort: order,
    cursor: fromPageCursor(list, cursor),
    page_size: limit,
  })
  if (answer.outcome === 'bad_cursor') throw badCursor()
  return {
    items: answer.items.map(toEvent),
    total: answer.total,
    nextCursor: toPageCursor(list, answer.nextCursor),
  }
}

/** One event, looked at here and now. */
export const getOperationsEvent = async (context: KitContext, eventId: string): Promise<OperationsEventResponse> => {
  const answer = await context.database.call('ticketing.get_operations_event', { event_id: eventId })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such event.' })
  const { event, pools, findings } = answer
  return { event: toEvent(event), pools, findings }
}
