import type { HealthParts } from '../ports/auditFunctions.ts'
import { type AlertCode, isAlertCode } from './alertRules.ts'
import { forEachEvent } from './forEachEvent.ts'
import { inLanes } from './inLanes.ts'
import type { KitContext } from './kitContext.ts'
import { settleAlerts, type WrongThing } from './settleAlerts.ts'
import { watchPlatform } from './watchPlatform.ts'

const maximumEvents = 500

export interface HealthReport extends Record<string, unknown> {
  checked: number
  /** Of the events that were checked. */
  score: number
}

interface Subject {
  /** Begins the alerts' fingerprints. */
  scope: string
  title: string
  fields: Record<string, unknown>
}

const isRaised = ({ alertThresholds }: KitContext, code: AlertCode, amount: number): boolean => {
  const threshold = alertThresholds[code]
  return threshold !== false && 'atLeast' in threshold && amount >= threshold.atLeast
}

const settleParts = (context: KitContext, subject: Subject, parts: HealthParts, lookedAt: string): Promise<void> => {
  const wrong: WrongThing[] = []
  for (const [code, amount] of Object.entries(parts)) {
    if (!isAlertCode(code) || !isRaised(context, code, amount)) continue
    const fields = { ...subject.fields, amount }
    wrong.push({ of: code, alert: { code, summary: subject.title, fields } })
  }
  return settleAlerts(context, subject.scope, wrong, lookedAt)
}

/** Keeps the event's checkpoint, raises what is wrong with it and resolves what no longer is. */
export const checkEvent = async (context: KitContext, eventId: string): Promise<number> => {
  const checked = await context.database.call('ticketing.check_event', { event_id: eventId })
  if (checked.outcome === 'not_found') return 0
  const { name, score, parts, lookedAt } = checked
  await settleParts(context, { scope: `health:${eventId}:`, title: name, fields: { eventId } }, parts, lookedAt)
  return score
}

/** The inbox, which belongs to no event. Its orphan payments are told of one by one, by `keepOrphan`. */
export const checkInbox = async (context: KitContext): Promise<void> => {
  const { findings, lookedAt } = await context.database.call('venuekit.audit_inbox', {})
  const dead = findings.filter(({ kind }) => kind === 'dead_webhooks').length
  await settleParts(
    context,
    { scope: 'health:inbox:', title: 'the inbox', fields: {} },
    { dead_webhooks: dead },
    lookedAt,
  )
}

const checkEvents = async (context: KitContext, report: HealthReport, signal?: AbortSignal): Promise<void> => {
  const { eventIds } = await context.database.call('ticketing.events_to_check', { max_events: maximumEvents })
  await forEachEvent(context, eventIds, signal, async eventId => {
    report.score += await checkEvent(context, eventId)
    report.checked++
  })
}

/**
 * Looks at the inbox, at the platform, and through the events that are due, the longest unseen first. A look that fails
 * keeps no other from being taken; then it rejects as that did.
 */
export const checkHealth = async (context: KitContext, signal?: AbortSignal): Promise<HealthReport> => {
  const report: HealthReport = { checked: 0, score: 0 }
  const looks = [() => checkInbox(context), () => watchPlatform(context), () => checkEvents(context, report, signal)]
  await inLanes(looks, 1, look => look())
  return report
}
