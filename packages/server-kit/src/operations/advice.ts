import type { AlertRule } from '../services/alertRule.ts'
import { alertRules, isAlertCode } from '../services/alertRules.ts'

/** What a kind of trouble means, for the person who looks after it. */
export type Advice = Pick<AlertRule, 'severity' | 'title' | 'meaning'> & {
  /** What to run first. */
  command: string
}

/** Of another release that shares the database, or of a host's own. */
const unknown = (kind: string): AlertRule => ({
  severity: 'warning',
  title: kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll('_', ' '),
  meaning: 'This version does not know it: what was written with it is all there is to say.',
  command: 'venuekit health',
  threshold: {},
})

/** The advice on a kind, its command filled in with what it is about; without an event it is about all of them. */
export const adviceOn = (kind: string, about: { eventId?: string | null; orderId?: string | null } = {}): Advice => {
  const { severity, title, meaning, command } = isAlertCode(kind) ? alertRules[kind] : unknown(kind)
  const { eventId, orderId } = about
  const filled = eventId ? command.replace('EVENT', eventId) : command.replace(' --event EVENT', '')
  return { severity, title, meaning, command: orderId ? filled.replace('ORDER', orderId) : filled }
}
