import type { Alert } from '../ports/alerts.ts'
import type { KitContext } from './kitContext.ts'

/** When it was first raised, ISO, by the database's clock. */
export interface RaisedAlert {
  raisedAt: string
}

/** Records that something needs a person, and tells the sink once for as long as it stays open. */
export const raiseAlert = async (context: KitContext, fingerprint: string, alert: Alert): Promise<RaisedAlert> => {
  const { send, raisedAt } = await context.database.call('venuekit.record_alert', {
    fingerprint,
    kind: alert.code,
    detail: { summary: alert.summary, ...alert.fields },
  })
  if (send) await context.alerts.raise(alert)
  return { raisedAt }
}
