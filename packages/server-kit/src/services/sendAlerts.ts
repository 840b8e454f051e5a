import type { WaitingAlert } from '../ports/alertFunctions.ts'
import type { KitContext } from './kitContext.ts'

const batch = 20
/** Longer than any sink should take: another worker must not send the same alert meanwhile. */
const leaseSeconds = 120

export interface AlertReport extends Record<string, unknown> {
  sent: number
  /** The sink did not take them: they wait, and are sent again. */
  failed: number
}

const send = async (context: KitContext, worker: string, alert: WaitingAlert): Promise<keyof AlertReport> => {
  const { fingerprint, kind, detail, raisedAt, resolvedAt } = alert
  const { summary, ...fields } = detail
  const own = { fingerprint, worker }
  const id = `${fingerprint}@${raisedAt}`
  try {
    await context.alerts.raise({ id, code: kind, summary: String(summary), fields, raisedAt, resolvedAt })
  } catch (error) {
    context.log.error('an alert was not taken', { code: kind, summary, error: String(error) })
    await context.database.call('venuekit.fail_alert', { ...own, error: String(error) })
    return 'failed'
  }
  await context.database.call('venuekit.finish_alert', own)
  return 'sent'
}

/** Gives the sink what it has not taken yet, those that waited longest first. */
export const sendAlerts = async (context: KitContext): Promise<AlertReport> => {
  const report: AlertReport = { sent: 0, failed: 0 }
  const worker = `${context.worker}/${crypto.randomUUID()}`
  for (;;) {
    const { alerts } = await context.database.call('venuekit.take_alerts', {
      max_alerts: batch,
      worker,
      lease_seconds: leaseSeconds,
    })
    for (const alert of alerts) {
      const result = await send(context, worker, alert)
      report[result] = Number(report[result]) + 1
    }
    if (alerts.length < batch) return report
  }
}
