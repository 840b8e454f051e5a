import type { Alert } from '../ports/alerts.ts'
import type { AlertCode } from './alertRules.ts'
import type { KitContext } from './kitContext.ts'
import { maskPrivate } from './maskPrivate.ts'
import { sendSoon } from './sendAlerts.ts'

interface Raised {
  /** When it was first raised, ISO, by the database's clock. */
  raisedAt: string
}

/** As the database keeps it: no address of a buyer, no secret. */
export const alertDetail = ({ fields, summary }: Alert): Record<string, unknown> => maskPrivate({ ...fields, summary })

const raise = async (
  context: KitContext,
  fingerprint: string,
  alert: Alert<AlertCode>,
  once: boolean,
): Promise<Raised> => {
  const { owed, raisedAt } = await context.database.call('venuekit.record_alert', {
    fingerprint,
    kind: alert.code,
    detail: alertDetail(alert),
    once,
    tell: context.alertThresholds[alert.code] !== false,
  })
  if (owed) sendSoon(context)
  return { raisedAt }
}

/** Records that something is wrong until it is resolved; people are told once for as long as it stays open. */
export const raiseAlert = (context: KitContext, fingerprint: string, alert: Alert<AlertCode>): Promise<Raised> =>
  raise(context, fingerprint, alert, false)

/** Records that something has happened that a person should know, once by its fingerprint, however often it is heard of. */
export const raiseOnce = (context: KitContext, fingerprint: string, alert: Alert<AlertCode>): Promise<Raised> =>
  raise(context, fingerprint, alert, true)
