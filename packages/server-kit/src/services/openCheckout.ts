import type { Checkout, Order } from '@venuekit/core/contracts'
import type { CheckoutSession } from '../ports/gateway.ts'
import { GatewayError } from '../ports/gatewayError.ts'
import { isGatewayAway } from '../ports/isGatewayAway.ts'
import type { CheckoutAttempt, CheckoutEvent } from '../ports/ticketingFunctions.ts'
import { applySession } from './completion.ts'
import type { KitContext } from './kitContext.ts'
import { notPayable } from './notPayable.ts'
import { orderUrl } from './orderUrl.ts'
import { ProblemError } from './problemError.ts'
import { replaceAttempt } from './replaceAttempt.ts'

/** A reserved order that costs something, with what its checkout says. */
export interface PayableOrder {
  order: Order
  orderToken: string
  event: CheckoutEvent
  returnUrl: string
  locale: string | null
  ui: CheckoutAttempt['ui']
  /** For the attempt, should one begin: the same request then finds it again. */
  attemptId?: string
}

export interface OpenCheckout {
  order: Order
  checkout: Checkout
}

/** Stripe forgets idempotency keys after a day: a body sent again after that would make a second session. */
const resendWithinMs = 23 * 3600 * 1000
const maximumRounds = 3

/** How to pay at this attempt's session; null where it never got one. */
export const toCheckout = (context: KitContext, attempt: CheckoutAttempt): Checkout | null => {
  if (attempt.clientSecret !== null && context.gateway.publishableKey !== null) {
    return {
      kind: 'embedded',
      clientSecret: attempt.clientSecret,
      publishableKey: context.gateway.publishableKey,
    }
  }
  return attempt.url === null ? null : { kind: 'redirect', url: attempt.url }
}

const beginAttempt = async (context: KitContext, payable: PayableOrder): Promise<CheckoutAttempt> => {
  const { order, event, orderToken, returnUrl, locale, ui } = payable
  const { attemptId = crypto.randomUUID() } = payable
  const answer = await context.database.call('ticketing.begin_checkout', {
    event_id: order.eventId,
    order_id: order.id,
    attempt_id: attemptId,
    account: context.gateway.account,
    mode: context.gateway.mode,
    ui,
    params: context.gateway.checkoutParams({
      eventId: order.eventId,
      orderId: order.id,
      attemptId,
      ui,
      currency: order.total.currency,
      lines: order.items.map(item => ({
        name: `${event.name}: ${item.tierName}`,
        unitAmountMinor: item.unitPrice.amountMinor,
        quantity: item.quantity,
      })),
      buyerEmail: order.buyer.email,
      successUrl: orderUrl(returnUrl, orderToken),
      cancelUrl: orderUrl(returnUrl, orderToken, 'cancelled'),
      locale,
      delayedPayments: event.delayedPayments,
    }),
  })
  if (answer.outcome === 'begun') return answer.attempt
  if (answer.outcome === 'free') throw new Error(`order ${order.id} costs nothing, there is nothing to check out`)
  throw notPayable(answer.outcome === 'not_payable' ? answer.status : 'expired')
}

const closeAttempt = async (context: KitContext, attempt: CheckoutAttempt, reason: string): Promise<null> => {
  const { eventId, orderId, attemptId } = attempt
  await context.database.call('ticketing.close_attempt', {
    event_id: eventId,
    order_id: orderId,
    attempt_id: attemptId,
    reason,
  })
  return null
}

const refuse = (context: KitContext, attempt: CheckoutAttempt, error: GatewayError): ProblemError => {
  const { orderId, attemptId } = attempt
  context.log.warn('no checkout session', { orderId, attemptId, kind: error.kind, error: error.message })
  if (isGatewayAway(error)) {
    return new ProblemError('gateway_unavailable', {
      detail: 'The places are held. Send the same request under the same idempotency key again.',
      retryAfterMs: 2000,
      cause: error,
    })
  }
  return new ProblemError('gateway_unavailable', {
    title: 'The payment gateway refused the checkout',
    detail: "The places are given back by themselves. The host's log says what the gateway refused.",
    retryable: false,
    cause: error,
  })
}

/** The attempt's session, made now or found again; null where the attempt is closed and another must begin. */
const createSession = async (
  context: KitContext,
  attempt: CheckoutAttempt,
  serverNow: string,
): Promise<CheckoutSession | null> => {
  try {
    if (Date.parse(serverNow) - Date.parse(attempt.begunAt) > resendWithinMs) {
      return (await context.gateway.findAttemptSession(attempt)) ?? (await closeAttempt(context, attempt, 'too_old'))
    }
    return await context.gateway.createCheckout(attempt)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.kind === 'too_soon') return closeAttempt(context, attempt, 'too_soon')
    if (error.kind === 'rejected') await closeAttempt(context, attempt, 'rejected')
    throw refuse(context, attempt, error)
  }
}

/** The order went on without this session: nobody may pay at it any more. */
const abandonSession = async (context: KitContext, attempt: CheckoutAttempt, sessionId: string): Promise<void> => {
  const { eventId, orderId, attemptId } = attempt
  try {
    const ended = await context.gateway.expireSession(sessionId)
    await applySession(context, ended, attempt, { kind: 'sweeper', reference: sessionId })
  } catch (error) {
    context.log.error('an unattached session was not expired', { eventId, orderId, attemptId, error: String(error) })
  }
}

const attachSession = async (
  context: KitContext,
  attempt: CheckoutAttempt,
  session: CheckoutSession,
): Promise<OpenCheckout> => {
  const answer = await context.database.call('ticketing.attach_checkout', {
    event_id: attempt.eventId,
    order_id: attempt.orderId,
    attempt_id: attempt.attemptId,
    account: context.gateway.account,
    session_id: session.id,
    url: session.url,
    client_secret: session.clientSecret,
    session_expires_at: session.expiresAt,
  })
  if (answer.outcome === 'attached') {
    const checkout = toCheckout(context, answer.attempt)
    if (checkout) return { order: answer.order, checkout }
    throw new Error(`session ${session.id} has no address to pay at`)
  }
  await abandonSession(context, attempt, session.id)
  throw notPayable(answer.outcome === 'refused' ? answer.status : 'expired')
}

const isOver = ({ status, expiresAt }: CheckoutAttempt, serverNow: string): boolean =>
  status === 'attached' && expiresAt * 1000 <= Date.parse(serverNow)

/**
 * The order's live checkout, or a new one. The attempt is committed before the gateway is called and the address
 * is answered only after the session is attached, so that no session exists that the database does not know of.
 */
export const openCheckout = async (context: KitContext, payable: PayableOrder): Promise<OpenCheckout> => {
  for (let round = 0; round < maximumRounds; round += 1) {
    const attempt = await beginAttempt(context, round === 0 ? payable : { ...payable, attemptId: crypto.randomUUID() })
    // A buyer whose page took no embedded checkout, or who comes back to one that does: one live attempt all the same.
    if (attempt.ui !== payable.ui || isOver(attempt, payable.order.serverNow)) {
      await replaceAttempt(context, attempt)
      continue
    }
    const live = attempt.status === 'attached' ? toCheckout(context, attempt) : null
    if (live) return { order: payable.order, checkout: live }
    const session = await createSession(context, attempt, payable.order.serverNow)
    if (session) return attachSession(context, attempt, session)
  }
  throw new ProblemError('gateway_unavailable', { detail: 'The gateway took none of three attempts.' })
}
