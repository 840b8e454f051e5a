import { forEachEvent } from './forEachEvent.ts'
import type { KitContext } from './kitContext.ts'

const maximumEvents = 100
const batch = 1000

const clearEvent = async (
  { database }: KitContext,
  eventId: string,
  signal: AbortSignal | undefined,
): Promise<number> => {
  let cleared = 0
  let after: string | null = null
  while (!signal?.aborted) {
    const answer: { cleared: number; after: string | null } = await database.call('ticketing.clear_origins', {
      event_id: eventId,
      after,
      max_orders: batch,
    })
    cleared += answer.cleared
    after = answer.after
    if (after === null) break
  }
  return cleared
}

/**
 * Lets the orders of shows that are long past forget the address, key and campaign they came from. Event by event and
 * batch by batch, each of its own commit. Answers how many orders did.
 */
export const clearOrigins = async (context: KitContext, signal?: AbortSignal): Promise<number> => {
  const { eventIds } = await context.database.call('ticketing.events_with_origins', {
    days: context.retention.orderOrigins,
    max_events: maximumEvents,
  })
  let cleared = 0
  await forEachEvent(context, eventIds, signal, async eventId => {
    cleared += await clearEvent(context, eventId, signal)
  })
  return cleared
}
