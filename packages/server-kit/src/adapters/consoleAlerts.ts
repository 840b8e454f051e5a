import type { AlertSink } from '../ports/alerts.ts'
import type { Log } from '../ports/log.ts'

/** Alerts as lines of the log: errors while they last, information once they are over. */
export const consoleAlerts = (log: Log): AlertSink => ({
  name: 'console',
  async send({ news, code, severity, text, fields, command, raisedAt }) {
    const about = { ...fields, alert: code, news, severity, raisedAt }
    if (news === 'resolved') log.info(`alert: ${text}`, about)
    else log.error(`alert: ${text}`, { ...about, command })
  },
})
