import type { AuditedEvent, AuditFinding } from '../ports/auditFunctions.ts'
import type { SqlResult } from '../ports/database.ts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'

export interface AuditRequest {
  /** This event alone; everything, the inbox included, where it is left out. */
  eventId?: string
}

/** What is wrong, event by event; those where nothing is are only counted. */
export interface AuditReport {
  eventsAudited: number
  /** Events with findings, or with something that was skipped. */
  events: AuditedEvent[]
  /** What belongs to no event: dead webhooks, payments without an order. */
  inbox: AuditFinding[]
}

/** Places sold of the events looked through by one call, which takes about a second. */
const placesAtOnce = 200_000

const auditEvent = async (context: KitContext, eventId: string): Promise<AuditedEvent | null> => {
  const answer = await context.database.call('ticketing.audit_event', { event_id: eventId })
  if (answer.outcome === 'not_found') return null
  const { name, findings, skipped } = answer
  return { eventId, name, findings, skipped }
}

const auditAll = async (context: KitContext): Promise<AuditReport> => {
  const { findings: inbox } = await context.database.call('venuekit.audit_inbox', {})
  const report: AuditReport = { eventsAudited: 0, events: [], inbox }
  for (let after: string | null = null; ; ) {
    const page: SqlResult<'ticketing.audit_events'> = await context.database.call('ticketing.audit_events', {
      after,
      max_places: placesAtOnce,
    })
    report.eventsAudited += page.eventsAudited
    report.events.push(...page.events)
    after = page.lastEventId
    if (after === null) return report
  }
}

/** Looks through everything, or through one event, and changes nothing. Throws `not_found` for an unknown event. */
export const audit = async (context: KitContext, { eventId }: AuditRequest = {}): Promise<AuditReport> => {
  if (eventId === undefined) return auditAll(context)
  const event = await auditEvent(context, eventId)
  if (!event) throw new ProblemError('not_found', { detail: 'No such event.' })
  return { eventsAudited: 1, events: event.findings.length + event.skipped.length > 0 ? [event] : [], inbox: [] }
}

/** All findings in one list. */
export const findingsOf = ({ events, inbox }: AuditReport): AuditFinding[] => [
  ...events.flatMap(({ findings }) => findings),
  ...inbox,
]
