import { expireEvent, newExpiryReport } from '../services/expireEvent.ts'
import { forEachEvent } from '../services/forEachEvent.ts'
import type { Job } from './job.ts'

const maximumEvents = 100

/** Gives back what nobody holds any more: the fence, one event at a time. */
export const expireReservations: Job = {
  everySeconds: 300,
  maximumSeconds: 3600,
  async run(context, signal) {
    const report = newExpiryReport()
    const { eventIds } = await context.database.call('ticketing.events_to_expire', { max_events: maximumEvents })
    await forEachEvent(context, eventIds, signal, eventId => expireEvent(context, eventId, report, signal))
    return report
  },
}
