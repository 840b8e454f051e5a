import type { Order } from '@venuekit/core/contracts'
import type { CheckoutSession } from '../ports/gateway.ts'
import type { CompletionOutcome, CompletionSource, PaymentInput } from '../ports/ticketingFunctions.ts'
import type { AlertCode } from './alertRules.ts'
import { deliverMessages } from './deliverMessages.ts'
import type { KitContext } from './kitContext.ts'
import { notPayable } from './notPayable.ts'
import { raiseOnce } from './raiseAlert.ts'
import type { SessionSubject } from './sessionSubject.ts'

/** What became of the order once the gateway's word was applied. */
export type Settlement =
  | { kind: 'completed'; outcome: CompletionOutcome; order: Order }
  | { kind: 'settled'; outcome: 'released' | 'closed' | 'payment_pending' | 'unchanged'; order: Order }
  /** The session can still be paid: nothing to do. */
  | { kind: 'open' }
  /** The order isn't there: money without an order where `paid`. */
  | { kind: 'unknown_order'; paid: boolean }

type SessionState = 'paid' | 'expired' | 'unpaid' | 'open' | 'unknown'

/**
 * Decides by the session's status, never by how a call about it went: a session that ran out by itself answers
 * "not open" and is `expired` and `unpaid`, and to call that pending hides places for ever.
 */
const stateOf = ({ status, paymentStatus }: CheckoutSession): SessionState => {
  if (status === 'expired' || status === 'open') return status
  if (status !== 'complete') return 'unknown'
  if (paymentStatus === 'paid' || paymentStatus === 'no_payment_required') return 'paid'
  return paymentStatus === 'unpaid' ? 'unpaid' : 'unknown'
}

const toPayment = (context: KitContext, session: CheckoutSession, attemptId: string): PaymentInput => ({
  paymentId: crypto.randomUUID(),
  kind: 'gateway',
  account: context.gateway.account,
  mode: session.mode,
  sessionId: session.id,
  paymentIntentId: session.paymentIntentId,
  attemptId,
  amountMinor: session.amountTotalMinor,
  currency: session.currency.toUpperCase(),
})

const codesForPeople: Partial<Record<CompletionOutcome, AlertCode>> = {
  refund_due: 'payment_refund_due',
  surplus: 'payment_surplus',
  needs_review: 'payment_needs_review',
}

/** What follows a completion's commit. All of it is in the outbox as well, so a crash here loses nothing. */
const announce = async (
  context: KitContext,
  completed: { outcome: CompletionOutcome; order: Order; reason: string | null },
  sessionId: string | null,
): Promise<void> => {
  void context.background.run('deliver-messages', () => deliverMessages(context))
  const { outcome, order, reason } = completed
  const code = codesForPeople[outcome]
  if (!code) return
  await raiseOnce(context, `${code}:${sessionId ?? order.id}`, {
    code,
    summary: `order ${order.id}`,
    fields: { orderId: order.id, eventId: order.eventId, sessionId, reason },
  })
}

/** Completes an order that costs nothing. Throws `reservation_expired` where its places were given back. */
export const completeFreeOrder = async (context: KitContext, order: Order): Promise<Order> => {
  const answer = await context.database.call('ticketing.complete_order_atomic', {
    event_id: order.eventId,
    order_id: order.id,
    payment: null,
    source: { kind: 'free' },
  })
  if (answer.outcome === 'not_found' || answer.outcome === 'payment_required') {
    throw new Error(`the free order ${order.id} answered ${answer.outcome}`)
  }
  if (answer.outcome === 'released') throw notPayable(answer.order.status)
  await announce(context, answer, null)
  return answer.order
}

const completePaid = async (
  context: KitContext,
  session: CheckoutSession,
  subject: SessionSubject,
  source: CompletionSource,
): Promise<Settlement> => {
  const answer = await context.database.call('ticketing.complete_order_atomic', {
    event_id: subject.eventId,
    order_id: subject.orderId,
    payment: toPayment(context, session, subject.attemptId),
    source,
  })
  if (answer.outcome === 'not_found') return { kind: 'unknown_order', paid: true }
  if (answer.outcome === 'payment_required' || answer.outcome === 'released') {
    throw new Error(`order ${subject.orderId} did not take its payment`)
  }
  await announce(context, answer, session.id)
  return { kind: 'completed', outcome: answer.outcome, order: answer.order }
}

const settle = async (
  context: KitContext,
  subject: SessionSubject,
  status: 'expired' | 'complete_unpaid' | 'payment_failed' | 'never_created',
): Promise<Settlement> => {
  const answer = await context.database.call('ticketing.settle_attempt', {
    event_id: subject.eventId,
    order_id: subject.orderId,
    attempt_id: subject.attemptId,
    session_status: status,
  })
  if (answer.outcome === 'not_found') return { kind: 'unknown_order', paid: false }
  return { kind: 'settled', outcome: answer.outcome, order: answer.order }
}

/** Nothing was ever made at the gateway for this attempt. */
export const settleNeverCreated = (context: KitContext, subject: SessionSubject): Promise<Settlement> =>
  settle(context, subject, 'never_created')

/** A delayed payment failed; the session itself stays complete and unpaid for ever. */
export const settlePaymentFailed = (context: KitContext, subject: SessionSubject): Promise<Settlement> =>
  settle(context, subject, 'payment_failed')

type Settle = (
  context: KitContext,
  session: CheckoutSession,
  subject: SessionSubject,
  source: CompletionSource,
) => Promise<Settlement>

const settlers: Record<SessionState, Settle> = {
  paid: completePaid,
  expired: (context, _session, subject) => settle(context, subject, 'expired'),
  unpaid: (context, _session, subject) => settle(context, subject, 'complete_unpaid'),
  open: async () => ({ kind: 'open' }),
  unknown: async (_context, session) => {
    throw new Error(`session ${session.id} is ${session.status} and ${session.paymentStatus}, which no rule covers`)
  },
}

/**
 * The one way from a session at the gateway to a change of its order: webhook, return page, sweeper and fence
 * all end here. `session` must be fresh from the gateway.
 */
export const applySession: Settle = (context, session, subject, source) =>
  settlers[stateOf(session)](context, session, subject, source)
