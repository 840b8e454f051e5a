import { attempt } from './attempt.ts'
import type { WorkContext } from './flowWorld.ts'

/** Reads the event, first or anew. */
export const loadEvent = (context: WorkContext): Promise<void> =>
  attempt(
    context,
    async () => {
      const { client, eventId } = context.world
      const { event } = await client.getEvent({ params: { eventId } }, { signal: context.signal })
      return { type: 'eventLoaded', event }
    },
    failure => ({ type: 'eventFailed', failure }),
  )
