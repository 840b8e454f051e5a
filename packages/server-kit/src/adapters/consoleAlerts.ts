import type { Alerts } from '../ports/alerts.ts'
import type { Log } from '../ports/log.ts'

/** Alerts as errors in the log. */
export const consoleAlerts = (log: Log): Alerts => ({
  async raise({ code, summary, fields }) {
    log.error(`alert: ${summary}`, { ...fields, alert: code })
  },
})
