import type { EventStatus } from '@venuekit/core/contracts'
import type { HealthParts } from '../ports/auditFunctions.ts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'

/** 0 is perfect; each part counts what is wrong. */
export interface Health {
  score: number
  parts: HealthParts
}

/** One event's, live. */
export const getEventHealth = async (
  context: KitContext,
  eventId: string,
): Promise<Health & { eventId: string; status: EventStatus }> => {
  const answer = await context.database.call('ticketing.get_event_health', { event_id: eventId })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such event.' })
  return answer.health
}

/** All events', from what `check-health` keeps of each, and what belongs to none. */
export const getHealth = (context: KitContext): Promise<Health> => context.database.call('ticketing.get_health', {})
