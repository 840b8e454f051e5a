import type { Alert } from '../ports/alerts.ts'
import type { KitContext } from './kitContext.ts'
import { sendAlerts } from './sendAlerts.ts'

interface Raised {
  /** When it was first raised, ISO, by the database's clock. */
  raisedAt: string
}

const raise = async (context: KitContext, fingerprint: string, alert: Alert, once: boolean): Promise<Raised> => {
  const { sent, raisedAt } = await context.database.call('venuekit.record_alert', {
    fingerprint,
    kind: alert.code,
    detail: { ...alert.fields, summary: alert.summary },
    once,
  })
  if (!sent) void context.background.run('send-alerts', () => sendAlerts(context))
  return { raisedAt }
}

/** Records that something is wrong until it is resolved; people are told once for as long as it stays open. */
export const raiseAlert = (context: KitContext, fingerprint: string, alert: Alert): Promise<Raised> =>
  raise(context, fingerprint, alert, false)

/** Records that something has happened that a person should know, once by its fingerprint, however often it is heard of. */
export const raiseOnce = (context: KitContext, fingerprint: string, alert: Alert): Promise<Raised> =>
  raise(context, fingerprint, alert, true)
