import { DatabaseError } from '../ports/databaseError.ts'
import { errorText } from './errorText.ts'
import type { KitContext } from './kitContext.ts'

/** Of the events that failed, the error names so many. */
const maximumNamed = 3

interface Failure {
  eventId: string
  error: unknown
}

/** The run failed, though it did what it could: its record says so, and a job that always fails becomes stale. */
const failureOf = (failures: Failure[], events: number): Error => {
  const named = failures.slice(0, maximumNamed).map(({ eventId, error }) => `${eventId}: ${String(error)}`)
  const rest = failures.length > maximumNamed ? '; …' : ''
  return new Error(`${failures.length} of ${events} events failed: ${named.join('; ')}${rest}`, {
    cause: failures[0]?.error,
  })
}

/** A statement of one event that takes too long is told in the same way as a database that is gone: ask it. */
const isAway = async ({ database }: KitContext, error: unknown): Promise<boolean> => {
  if (!(error instanceof DatabaseError) || error.kind !== 'unavailable') return false
  return database.call('venuekit.read_clock', {}).then(
    () => false,
    () => true,
  )
}

/**
 * The work of each event, one after the other; an event that fails keeps no other waiting. Throws at the end where any
 * failed, and at once where the database is away. Begins no event after `signal` is aborted.
 */
export const forEachEvent = async (
  context: KitContext,
  eventIds: readonly string[],
  signal: AbortSignal | undefined,
  work: (eventId: string) => Promise<unknown>,
): Promise<void> => {
  const failures: Failure[] = []
  for (const eventId of eventIds) {
    if (signal?.aborted) break
    try {
      await work(eventId)
    } catch (error) {
      if (await isAway(context, error)) throw error
      context.log.error('a job failed for an event', { eventId, error: errorText(error) })
      failures.push({ eventId, error })
    }
  }
  if (failures.length > 0) throw failureOf(failures, eventIds.length)
}
