import type { RefundOutcome } from '../ports/refundFunctions.ts'
import { deliverMessages } from './deliverMessages.ts'
import { forEachEvent } from './forEachEvent.ts'
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

interface Run {
  context: KitContext
  worker: string
  signal: AbortSignal | undefined
  report: RefundReport
  sent: number
}

/** Throws the first failure to record one, once all others of the event were worked on. */
const sendOfEvent = async (run: Run, eventId: string): Promise<void> => {
  const { context, worker, signal, report } = run
  const faults: unknown[] = []
  for (let more = true; more && !report.stopped; ) {
    const { refunds } = await context.database.call('ticketing.take_refunds', {
      event_id: eventId,
      max_refunds: refundsAtOnce,
      worker,
      lease_seconds: leaseSeconds,
    })
    const settled = await Promise.allSettled(refunds.map(task => sendRefund(context, task, worker)))
    let answered = refunds.length === 0
    for (const result of settled) {
      if (result.status === 'rejected') {
        faults.push(result.reason)
        answered = true
        continue
      }
      const { outcome } = result.value
      report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1
      answered ||= result.value.answered
    }
    run.sent += refunds.length
    report.stopped = !answered || run.sent >= maximumRefunds || signal?.aborted === true
    more = refunds.length === refundsAtOnce
  }
  if (faults.length > 0) throw faults[0]
}

/** Sends what is due: rows are taken and marked first, the gateway is called between transactions. */
export const sendRefunds = async (context: KitContext, signal?: AbortSignal): Promise<RefundReport> => {
  const report: RefundReport = { outcomes: {}, stopped: false }
  const run: Run = { context, worker: `${context.worker}/${crypto.randomUUID()}`, signal, report, sent: 0 }
  const { eventIds } = await context.database.call('ticketing.events_with_refunds', { max_events: maximumEvents })
  try {
    await forEachEvent(context, eventIds, signal, eventId => sendOfEvent(run, eventId))
  } finally {
    if (run.sent > 0) void context.background.run('deliver-messages', () => deliverMessages(context, signal))
  }
  return report
}
