import type { CheckoutAttempt } from '../ports/ticketingFunctions.ts'
import type { Settlement } from './completion.ts'
import { endAttempt } from './fence.ts'
import type { KitContext } from './kitContext.ts'

const maximumOrders = 200
/** Gateways limit rates; this many sessions are asked about at a time. */
const sessionsAtOnce = 5

export interface ExpiryReport extends Record<string, unknown> {
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

export const newExpiryReport = (): ExpiryReport => ({ released: 0, completed: 0, pending: 0, waiting: 0 })

/** One event to the end of its due holds, or to the first batch in which nothing moved. Adds to the report. */
export const expireEvent = async (
  context: KitContext,
  eventId: string,
  report: ExpiryReport,
  signal?: AbortSignal,
): Promise<void> => {
  while (!signal?.aborted) {
    const { released, attempts } = await context.database.call('ticketing.begin_expiry', {
      event_id: eventId,
      max_orders: maximumOrders,
    })
    add(report, 'released', released)
    const waitingBefore = report.waiting
    for (let start = 0; start < attempts.length && !signal?.aborted; start += sessionsAtOnce) {
      const some = attempts.slice(start, start + sessionsAtOnce)
      await Promise.all(some.map(attempt => settleOne(context, attempt, report)))
    }
    const moved = released + attempts.length - (report.waiting - waitingBefore)
    if (moved === 0 || released + attempts.length < maximumOrders) return
  }
}
