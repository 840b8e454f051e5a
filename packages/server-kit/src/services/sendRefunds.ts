import type { RefundOutcome } from '../ports/refundFunctions.ts'
import { deliverMessages } from './deliverMessages.ts'
import type { KitContext } from './kitContext.ts'
import { sendRefund } from './sendRefund.ts'

const maximumEvents = 100
/** Taken, sent and recorded together: gateways limit rates. */
const refundsAtOnce = 5
/** In one run, that is in a minute: a mass refund leaves the gateway room for those who buy. */
const maximumRefunds = 600
/** Longer than all calls about one refund may take. */
const leaseSeconds = 300

export interface RefundReport extends Record<string, unknown> {
  /** How many ended this run in which state. */
  outcomes: Partial<Record<RefundOutcome, number>>
  /** The gateway did not answer, or the run had its fill: the next one goes on. */
  stopped: boolean
}

const sendOfEvent = async (
  context: KitContext,
  eventId: string,
  worker: string,
  report: RefundReport,
  signal: AbortSignal | undefined,
) => {
  for (let sent = 0; ; ) {
    const { refunds } = await context.database.call('ticketing.take_refunds', {
      event_id: eventId,
      max_refunds: refundsAtOnce,
      worker,
      lease_seconds: leaseSeconds,
    })
    const results = await Promise.all(refunds.map(task => sendRefund(context, task, worker)))
    for (const { outcome } of results) report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1
    sent += refunds.length
    const silent = results.length > 0 && results.every(({ answered }) => !answered)
    if (silent) report.stopped = true
    if (silent || refunds.length < refundsAtOnce || signal?.aborted) return sent
    if (sent >= maximumRefunds) return sent
  }
}

/** Sends what is due: rows are taken and marked first, the gateway is called between transactions. */
export const sendRefunds = async (context: KitContext, signal?: AbortSignal): Promise<RefundReport> => {
  const report: RefundReport = { outcomes: {}, stopped: false }
  const worker = `${context.worker}/${crypto.randomUUID()}`
  const { eventIds } = await context.database.call('ticketing.events_with_refunds', { max_events: maximumEvents })
  let sent = 0
  for (const eventId of eventIds) {
    sent += await sendOfEvent(context, eventId, worker, report, signal)
    if (sent >= maximumRefunds || signal?.aborted) report.stopped = true
    if (report.stopped) break
  }
  if (sent > 0) void context.background.run('deliver-messages', () => deliverMessages(context, signal))
  return report
}
