import type { AdminEvent, NewEvent } from '@venuekit/core/contracts'
import type { ExportedEvent } from '../ports/hostFunctions.ts'
import { pauseEvent } from './adminEvents.ts'
import { cancelEvent } from './cancelEvent.ts'
import { createEvent, getAdminEvent } from './events.ts'
import { type EventImport, type ImportOptions, importEvents, planImport } from './importEvents.ts'
import type { KitContext } from './kitContext.ts'

/** Events, for the host's own people. Throws `ProblemError` as the admin routes answer. */
export interface HostEvents {
  get(eventId: string): Promise<AdminEvent>
  /** Idempotent by the event's id. */
  create(event: NewEvent): Promise<AdminEvent>
  /** Sales stop or go on. */
  pause(eventId: string, change: { paused: boolean; actor: string }): Promise<AdminEvent>
  /** The show is off; refunds and mails follow in batches, here until the signal ends them and in the jobs. */
  cancel(
    eventId: string,
    change: { actor: string; reason?: string | undefined },
    signal?: AbortSignal,
  ): Promise<AdminEvent>
  /** All events, or a venue's, in the shape that creates them, page by page. */
  export(selection?: { venueId?: string | undefined }): AsyncIterable<ExportedEvent[]>
  /** What importing these would do. Changes nothing. */
  planImport(events: readonly NewEvent[]): Promise<EventImport[]>
  /** Creates those that are new; all are checked before the first is written. */
  import(events: readonly NewEvent[], options?: ImportOptions): Promise<EventImport[]>
}

const pageSize = 200

async function* exportEvents({ database }: KitContext, venueId: string | undefined): AsyncIterable<ExportedEvent[]> {
  for (let after: string | null = null; ; ) {
    const { events }: { events: ExportedEvent[] } = await database.call('ticketing.export_events', {
      after,
      venue_id: venueId ?? null,
      event_ids: null,
      max_events: pageSize,
    })
    if (events.length > 0) yield events
    if (events.length < pageSize) return
    after = events.at(-1)?.event.id ?? null
  }
}

export const createHostEvents = (context: KitContext): HostEvents => ({
  get: async eventId => (await getAdminEvent(context, eventId)).event,
  create: async event => (await createEvent(context, event)).event,
  pause: async (eventId, change) => (await pauseEvent(context, eventId, change)).event,
  cancel: async (eventId, change, signal) => (await cancelEvent(context, eventId, change, signal)).event,
  export: ({ venueId } = {}) => exportEvents(context, venueId),
  planImport: events => planImport(context, events),
  import: (events, options) => importEvents(context, events, options),
})
