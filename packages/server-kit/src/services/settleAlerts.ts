import type { Alert } from '../ports/alerts.ts'
import type { AlertCode } from './alertRules.ts'
import type { KitContext } from './kitContext.ts'
import { alertDetail } from './raiseAlert.ts'
import { sendSoon } from './sendAlerts.ts'

export interface WrongThing {
  /** Ends the fingerprint: unique in its scope. */
  of: string
  alert: Alert<AlertCode>
}

/**
 * One look at something that is watched, made at `lookedAt`, ISO: all that is wrong there; what else is open under the
 * scope is resolved. It changes nothing where a later look was faster.
 */
export const settleAlerts = async (
  context: KitContext,
  scope: string,
  wrong: readonly WrongThing[],
  lookedAt: string,
): Promise<void> => {
  const { owed } = await context.database.call('venuekit.settle_alerts', {
    scope,
    wrong: wrong.map(({ of, alert }) => ({ fingerprint: scope + of, kind: alert.code, detail: alertDetail(alert) })),
    looked_at: lookedAt,
  })
  if (owed) sendSoon(context)
}
