import type { Sales, SalesStep } from '@venuekit/core/contracts'
import type { KitContext } from '../services/kitContext.ts'
import { ProblemError } from '../services/problemError.ts'

/** Sales and reservations over time; days begin in the host's zone. */
export const getSales = async (
  context: KitContext,
  { step = 'hour', eventId }: { step?: SalesStep | undefined; eventId?: string | undefined },
): Promise<Sales> => {
  const answer = await context.database.call('ticketing.read_sales', {
    event_id: eventId ?? null,
    step,
    time_zone: context.timeZone,
  })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'No such event.' })
  return answer.sales
}
