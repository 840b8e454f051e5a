import type { CheckoutAttempt } from '../ports/ticketingFunctions.ts'
import type { Settlement } from '../services/completion.ts'
import { endAttempt } from '../services/fence.ts'
import type { KitContext } from '../services/kitContext.ts'
import type { Job, JobReport } from './job.ts'

const maximumEvents = 100
const maximumOrders = 200
/** Gateways limit rates; this many sessions are asked about at a time. */
const sessionsAtOnce = 5

interface ExpiryReport extends JobReport {
  released: number
  completed: number
  pending: number
  /** Sessions that can still be paid or could not be asked about: they stay counted until the next run. */
  waiting: number
}

const countOf = (settlement: Settlement): keyof ExpiryReport => {
  if (settlement.kind === 'completed') return 'completed'
  if (settlement.kind !== 'settled') return 'waiting'
  if (settlement.outcome === 'payment_pending') return 'pending'
  return settlement.outcome === 'released' ? 'released' : 'waiting'
}

const add = (report: ExpiryReport, name: keyof ExpiryReport, count: number): void => {
  report[name] = Number(report[name]) + count
}

const settleOne = async (context: KitContext, attempt: CheckoutAttempt, report: ExpiryReport): Promise<void> => {
  try {
    add(report, countOf(await endAttempt(context, attempt, { kind: 'sweeper' })), 1)
  } catch (error) {
    const { orderId, attemptId } = attempt
    context.log.warn('a hold waits at the fence', { orderId, attemptId, error: String(error) })
    add(report, 'waiting', 1)
  }
}

/** One event to the end of its due holds, or to the first batch in which nothing moved. */
const expireEvent = async (context: KitContext, eventId: string, report: ExpiryReport): Promise<void> => {
  for (;;) {
    const { released, attempts } = await context.database.call('ticketing.begin_expiry', {
      event_id: eventId,
      max_orders: maximumOrders,
    })
    add(report, 'released', released)
    const waitingBefore = report.waiting
    for (let start = 0; start < attempts.length; start += sessionsAtOnce) {
      const some = attempts.slice(start, start + sessionsAtOnce)
      await Promise.all(some.map(attempt => settleOne(context, attempt, report)))
    }
    const moved = released + attempts.length - (report.waiting - waitingBefore)
    if (moved === 0 || released + attempts.length < maximumOrders) return
  }
}

/** Gives back what nobody holds any more: the fence, one event at a time. */
export const expireReservations: Job = {
  everySeconds: 300,
  async run(context) {
    const report: ExpiryReport = { released: 0, completed: 0, pending: 0, waiting: 0 }
    const { eventIds } = await context.database.call('ticketing.events_to_expire', { max_events: maximumEvents })
    for (const eventId of eventIds) await expireEvent(context, eventId, report)
    return report
  },
}
