import type { OrderStatus, SyncOrderResponse } from '@venuekit/core/contracts'
import { GatewayError } from '../ports/gatewayError.ts'
import { applySession } from './completion.ts'
import { enforceLimits, takeRate } from './enforceLimits.ts'
import { inTime } from './inTime.ts'
import type { KitContext } from './kitContext.ts'
import { type OrderAccess, type OwnedOrder, readOwnedOrder } from './ownedOrder.ts'
import { ProblemError } from './problemError.ts'
import { toPurchase } from './purchase.ts'
import { withTicketCodes } from './ticketCode.ts'

/** A late payment may have come in after the release as well. */
const mayBePaid: readonly OrderStatus[] = ['reserved', 'expiring', 'payment_pending', 'expired', 'cancelled']

/** True where the gateway was asked and its word applied. */
const askGateway = async (context: KitContext, { order, attempt }: OwnedOrder): Promise<boolean> => {
  if (!mayBePaid.includes(order.status) || !attempt?.sessionId) return false
  const bucket = `gateway/order/${order.id}`
  if (!(await takeRate(context, [{ bucket, maximum: 1, windowSeconds: 2 }])).allowed) return false
  try {
    const session = await context.gateway.getSession(attempt.sessionId)
    await applySession(context, session, attempt, { kind: 'return', reference: session.id })
    return true
  } catch (error) {
    await inTime(context.rates.giveBack(bucket), 5_000).catch(() => {})
    if (!(error instanceof GatewayError)) throw error
    context.log.warn('the gateway could not be asked', { orderId: order.id, kind: error.kind, error: error.message })
    throw new ProblemError('gateway_unavailable', { retryAfterMs: 2000, cause: error })
  }
}

/**
 * Asks the gateway now, by the webhook's own function, at most once per order in two seconds.
 * `purchase` goes to the first caller who sees the order fulfilled. Throws `gateway_unavailable`.
 */
export const syncOrder = async (
  context: KitContext,
  { clientAddress, ...access }: OrderAccess & { clientAddress: string | null },
): Promise<SyncOrderResponse> => {
  const before = await readOwnedOrder(context, access)
  const { email } = before.order.buyer
  const { keyId } = access.key
  await enforceLimits(context, 'syncOrder', { clientAddress, email, keyId, eventId: before.order.eventId })
  const { order } = (await askGateway(context, before)) ? await readOwnedOrder(context, access) : before
  const shown = await withTicketCodes(context.ticketCodes, order)
  if (order.status !== 'fulfilled') return { order: shown, purchase: null }
  const { claimed } = await context.database.call('ticketing.claim_purchase', {
    event_id: order.eventId,
    order_id: order.id,
  })
  return { order: shown, purchase: claimed ? toPurchase(order) : null }
}
