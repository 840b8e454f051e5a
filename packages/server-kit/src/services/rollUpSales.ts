import { forEachEvent } from './forEachEvent.ts'
import type { KitContext } from './kitContext.ts'

const maximumEvents = 500
const maximumEntries = 20_000

export interface RollUpReport extends Record<string, unknown> {
  events: number
  /** Of the journal. */
  entries: number
}

/** Adds the journal up by five minutes, for the plots. What it has not reached yet they read from the journal itself. */
export const rollUpSales = async (context: KitContext, signal?: AbortSignal): Promise<RollUpReport> => {
  const report: RollUpReport = { events: 0, entries: 0 }
  const { database } = context
  const { eventIds } = await database.call('ticketing.events_to_roll_up', { max_events: maximumEvents })
  await forEachEvent(context, eventIds, signal, async eventId => {
    report.events++
    for (let more = true; more && !signal?.aborted; ) {
      const rolled = await database.call('ticketing.roll_up_sales', { event_id: eventId, max_entries: maximumEntries })
      report.entries += rolled.rolledUp
      more = rolled.more
    }
  })
  return report
}
