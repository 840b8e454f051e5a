import type { OrderResponse } from '@venuekit/core/contracts'
import { endAttempt } from './fence.ts'
import type { KitContext } from './kitContext.ts'
import { type OrderAccess, readOwnedOrder, showOrder } from './ownedOrder.ts'
import { ProblemError } from './problemError.ts'

/**
 * Gives the places back. Where a session may still be paid, the gateway ends it first; where it does not answer,
 * the order stays `expiring` and the sweeper goes on. Throws `order_not_cancellable`.
 */
export const cancelOrder = async (context: KitContext, access: OrderAccess): Promise<OrderResponse> => {
  const { order } = await readOwnedOrder(context, access)
  if (order.status === 'cancelled') return showOrder(context, order)
  const answer = await context.database.call('ticketing.cancel_order', {
    event_id: order.eventId,
    order_id: order.id,
    reason: 'buyer',
  })
  if (answer.outcome === 'not_found') throw new ProblemError('not_found')
  if (answer.outcome === 'not_cancellable') {
    throw new ProblemError('order_not_cancellable', { detail: `The order is ${answer.order.status}.` })
  }
  for (const attempt of answer.attempts) {
    await endAttempt(context, attempt, { kind: 'return', reference: 'cancel' }).catch((error: unknown) => {
      context.log.warn('a cancelled order waits at the fence', { orderId: order.id, error: String(error) })
    })
  }
  return showOrder(context, (await readOwnedOrder(context, access)).order)
}
