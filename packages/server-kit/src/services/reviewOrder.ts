import type { AdminOrder } from '@venuekit/core/contracts'
import { getAdminOrder } from './adminOrders.ts'
import { startRefunds } from './createRefund.ts'
import { deliverMessages } from './deliverMessages.ts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'

export interface ReviewDecision {
  decision: 'fulfil' | 'refund'
  actor: string
  note?: string | undefined
}

interface OrderReference {
  eventId: string
  orderId: string
}

type Decide = (context: KitContext, reference: OrderReference, review: ReviewDecision) => Promise<void>

const noOrder = () => new ProblemError('not_found', { detail: 'No such order.' })
const notUnderReview = () => new ProblemError('conflict', { detail: 'The order is not under review.' })

const fulfil: Decide = async (context, { eventId, orderId }, { actor, note }) => {
  const { order } = await getAdminOrder(context, eventId, orderId)
  if (order.status === 'fulfilled') return
  if (order.status !== 'needs_review') throw notUnderReview()
  const answer = await context.database.call('ticketing.complete_order_atomic', {
    event_id: eventId,
    order_id: orderId,
    payment: null,
    source: { kind: 'admin', actor, ...(note !== undefined && { reference: note }) },
  })
  if (answer.outcome === 'not_found') throw noOrder()
  if (answer.outcome === 'needs_review' && answer.reason === 'event_cancelled') {
    throw new ProblemError('conflict', { detail: 'The event is cancelled: send the money back.' })
  }
  if (answer.outcome === 'needs_review') {
    throw new ProblemError('sold_out', {
      detail: 'There is no room left for this order: raise the capacity or refund.',
    })
  }
  if (answer.outcome === 'payment_required') {
    throw new ProblemError('conflict', { detail: 'No payment of this order waits for a decision.' })
  }
  void context.background.run('deliver-messages', () => deliverMessages(context))
}

const refund: Decide = async (context, { eventId, orderId }, { actor, note }) => {
  const { outcome } = await context.database.call('ticketing.refund_reviewed_order', {
    event_id: eventId,
    order_id: orderId,
    actor,
    note: note ?? null,
  })
  if (outcome === 'not_found') throw noOrder()
  if (outcome === 'not_under_review') throw notUnderReview()
  startRefunds(context)
  void context.background.run('deliver-messages', () => deliverMessages(context))
}

const decisions: Record<ReviewDecision['decision'], Decide> = { fulfil, refund }

/** Ends a review by an actor's word: the tickets after all, or the money back. The same decision twice is one. */
export const reviewOrder = async (
  context: KitContext,
  reference: OrderReference,
  review: ReviewDecision,
): Promise<{ order: AdminOrder }> => {
  await decisions[review.decision](context, reference, review)
  return getAdminOrder(context, reference.eventId, reference.orderId)
}
