import type { AlertSink } from '../ports/alerts.ts'
import type { Log } from '../ports/log.ts'

/** Alerts as lines of the log: errors while they last, information once they are over. */
export const consoleAlerts = (log: Log): AlertSink => ({
  name: 'console',
  async send({ news, code, severity, text, fields, command, raisedAt, alerts }) {
    const burst = alerts.length > 1 ? { alerts: alerts.map(one => ({ ...one.fields, summary: one.summary })) } : {}
    const about = { ...fields, ...burst, alert: code, news, severity, raisedAt }
    if (news === 'resolved') log.info(`alert: ${text}`, about)
    else log.error(`alert: ${text}`, { ...about, command })
  },
})
