import { isGatewayAway } from '../ports/isGatewayAway.ts'
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

/** False where the gateway could not be reached. */
const settleOne = async (context: KitContext, attempt: CheckoutAttempt, report: ExpiryReport): Promise<boolean> => {
  try {
    add(report, countOf(await endAttempt(context, attempt, { kind: 'sweeper' })), 1)
    return true
  } catch (error) {
    const { orderId, attemptId } = attempt
    context.log.warn('a hold waits at the fence', { orderId, attemptId, error: String(error) })
    add(report, 'waiting', 1)
    return !isGatewayAway(error)
  }
}

export const newExpiryReport = (): ExpiryReport => ({ released: 0, completed: 0, pending: 0, waiting: 0 })

/**
 * One event to the end of its due holds, each session asked about once: those that cannot be ended now keep nobody else
 * waiting. Ends at the first batch in which the gateway answers nothing. Adds to the report.
 */
export const expireEvent = async (
  context: KitContext,
  eventId: string,
  report: ExpiryReport,
  signal?: AbortSignal,
): Promise<void> => {
  let last: CheckoutAttempt | undefined
  while (!signal?.aborted) {
    const { due, released, attempts } = await context.database.call('ticketing.begin_expiry', {
      event_id: eventId,
      max_orders: maximumOrders,
      after_order: last?.orderId ?? null,
      after_attempt: last?.attemptId ?? null,
    })
    add(report, 'released', released)
    // First all that is due, so that none of it has its attempt before those that were asked about.
    if (due === maximumOrders) continue
    let answered = attempts.length === 0
    for (let start = 0; start < attempts.length && !signal?.aborted; start += sessionsAtOnce) {
      const some = attempts.slice(start, start + sessionsAtOnce)
      const answers = await Promise.all(some.map(attempt => settleOne(context, attempt, report)))
      answered ||= answers.includes(true)
    }
    if (!answered || Math.max(released, attempts.length) < maximumOrders) return
    last = attempts.at(-1) ?? last
  }
}
