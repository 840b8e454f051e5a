import type { FindingKind, HealthParts } from '../ports/auditFunctions.ts'
import type { KitContext } from './kitContext.ts'
import { raiseAlert } from './raiseAlert.ts'

const maximumEvents = 500

export interface HealthReport extends Record<string, unknown> {
  checked: number
  /** Of the events that were checked. */
  score: number
  failed: number
}

interface Subject {
  /** Stands in the alert's fingerprint. */
  id: string
  title: string
  fields: Record<string, unknown>
}

const raiseAll = async (context: KitContext, subject: Subject, parts: HealthParts): Promise<void> => {
  for (const [kind, amount] of Object.entries(parts)) {
    if (amount === 0) continue
    await raiseAlert(context, `health:${kind}:${subject.id}`, {
      code: kind,
      summary: `${subject.title}: ${kind.replaceAll('_', ' ')}, ${amount}`,
      fields: { ...subject.fields, amount },
    })
  }
}

const resolveAll = async (context: KitContext, id: string, kinds: readonly FindingKind[]): Promise<void> => {
  for (const kind of kinds) {
    await context.database.call('venuekit.resolve_alert', { fingerprint: `health:${kind}:${id}` })
  }
}

/** Keeps the event's checkpoint, raises what is wrong with it and resolves what no longer is. */
export const checkEvent = async (context: KitContext, eventId: string): Promise<number> => {
  const checked = await context.database.call('ticketing.check_event', { event_id: eventId })
  if (checked.outcome === 'not_found') return 0
  const { name, score, parts, mended } = checked
  await raiseAll(context, { id: eventId, title: name, fields: { eventId } }, parts)
  await resolveAll(context, eventId, mended)
  return score
}

const inboxKinds = ['dead_webhooks', 'orphan_payments'] as const

const checkInbox = async (context: KitContext): Promise<void> => {
  const { findings } = await context.database.call('venuekit.audit_inbox', {})
  const parts: HealthParts = {}
  for (const kind of inboxKinds) parts[kind] = findings.filter(finding => finding.kind === kind).length
  await raiseAll(context, { id: 'inbox', title: 'The inbox', fields: {} }, parts)
  await resolveAll(
    context,
    'inbox',
    inboxKinds.filter(kind => parts[kind] === 0),
  )
}

/** Looks through the events that are due, the longest unseen first. One that cannot be read keeps no other waiting. */
export const checkHealth = async (context: KitContext, signal?: AbortSignal): Promise<HealthReport> => {
  const report: HealthReport = { checked: 0, score: 0, failed: 0 }
  const { eventIds } = await context.database.call('ticketing.events_to_check', { max_events: maximumEvents })
  for (const eventId of eventIds) {
    if (signal?.aborted) break
    try {
      report.score += await checkEvent(context, eventId)
      report.checked++
    } catch (error) {
      context.log.error('the health of an event was not checked', { eventId, error: String(error) })
      report.failed++
    }
  }
  await checkInbox(context)
  return report
}
