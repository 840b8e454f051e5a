import type { Checkout, Order, OrderStatus } from '@venuekit/core/contracts'
import type { Confirming, EndReason, Finding, FlowState, HoldCause, Pending } from '../flow/flowState.ts'
import { restart } from '../flow/restart.ts'
import { cartOf } from './cartOf.ts'
import { holdOf, isOver } from './hold.ts'

/** After so many answers without a decision the buyer is told plainly that it takes longer. */
export const confirmingAttempts = 9

const endReasons: { readonly [Status in OrderStatus]?: EndReason } = {
  expiring: 'expired',
  expired: 'expired',
  cancelled: 'cancelled',
  refund_due: 'refundDue',
  refunded: 'refunded',
  needs_review: 'review',
}

type Base = Pick<FlowState, 'event' | 'cart' | 'buyer'>

/** What an order brings along: a buyer who starts again finds the form as it was. */
const baseWith = (base: Base, order: Order): Base => ({
  event: base.event,
  cart: cartOf(order),
  buyer: { name: order.buyer.name, email: order.buyer.email },
})

/** The state an order is in by itself; a status that this version does not know reads as pending. */
const settled = (base: Base, token: string, order: Order, attempt: number): FlowState => {
  if (order.status === 'fulfilled') return { ...base, at: 'done', token, order, mail: 'idle', attempt: 0 }
  const reason = endReasons[order.status]
  return reason ? { ...base, at: 'ended', order, reason } : { ...base, at: 'pending', token, order, attempt }
}

/** The buyer left without paying, or came upon an older order. */
export const orderFound = (state: Finding, order: Order, at: number): FlowState => {
  const base = baseWith(state, order)
  // Given back by another tab, where the buyer has seen what became of it.
  if (state.cause === 'elsewhere' && (order.status === 'cancelled' || order.status === 'expiring'))
    return restart(base, { kind: 'released' })
  if (order.status !== 'reserved') return settled(base, state.token, order, 0)
  const hold = holdOf(state.token, order, at)
  return isOver(hold)
    ? { ...base, at: 'ended', order, reason: 'expired' }
    : { ...base, at: 'held', hold, cause: state.cause, failure: null }
}

/** The buyer says to have paid: an order that is still held is one whose payment is on its way here. */
export const orderAwaited = (state: Confirming | Pending, order: Order): FlowState => {
  const base = baseWith(state, order)
  const attempt = state.attempt + 1
  if (order.status !== 'reserved' && order.status !== 'expiring') return settled(base, state.token, order, attempt)
  return state.at === 'confirming' && attempt < confirmingAttempts
    ? { ...base, at: 'confirming', token: state.token, order, failure: null, attempt }
    : { ...base, at: 'pending', token: state.token, order, attempt }
}

export const brokenCheckout = { code: 'invalid_response', retryable: true, retryAfterMs: 0, fields: {} }

/** Places are held and the checkout is open: off to the gateway, or straight on where nothing is owed. */
export const checkoutOpened = (
  base: Base,
  { token, order, checkout, at }: { token: string; order: Order; checkout: Checkout; at: number },
  cause: HoldCause | null = null,
): FlowState => {
  const { event, cart, buyer } = base
  const next = { event, cart, buyer }
  const hold = holdOf(token, order, at)
  if (checkout.kind === 'redirect') return { ...next, at: 'paying', hold, cause, url: checkout.url }
  if (checkout.kind === 'free') return { ...next, at: 'confirming', token, order, failure: null, attempt: 0 }
  if (checkout.kind === 'embedded') {
    const { clientSecret, publishableKey } = checkout
    return { ...next, at: 'payingHere', hold, cause, clientSecret, publishableKey }
  }
  // Of a newer server.
  return { ...next, at: 'held', hold, cause: cause ?? 'stored', failure: brokenCheckout }
}
