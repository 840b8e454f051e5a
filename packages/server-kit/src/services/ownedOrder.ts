import type { Order, OrderResponse } from '@venuekit/core/contracts'
import type { SqlResult } from '../ports/database.ts'
import type { PublishableKey } from '../ports/venuekitFunctions.ts'
import type { KitContext } from './kitContext.ts'
import type { OrderClaims } from './orderToken.ts'
import { ProblemError } from './problemError.ts'
import { withTicketCodes } from './ticketCode.ts'

/** An order as its owner may reach it: by its token, through a key of its venue. */
export interface OrderAccess {
  claims: OrderClaims
  key: PublishableKey
}

export type OwnedOrder = Extract<SqlResult<'ticketing.get_order'>, { outcome: 'found' }>

/** The order behind the token. Throws `unauthorized` for a token that was recalled, `forbidden` across venues. */
export const readOwnedOrder = async (context: KitContext, { claims, key }: OrderAccess): Promise<OwnedOrder> => {
  const found = await context.database.call('ticketing.get_order', {
    event_id: claims.eventId,
    order_id: claims.orderId,
  })
  if (found.outcome === 'not_found') throw new ProblemError('not_found', { detail: 'The order is gone: order anew.' })
  if (found.tokenVersion !== claims.version) {
    throw new ProblemError('unauthorized', { detail: 'The order token was replaced by a newer one.' })
  }
  if (found.venueId !== key.venueId) {
    throw new ProblemError('forbidden', { detail: 'The publishable key and the order belong to different venues.' })
  }
  return found
}

/** The order with its scannable codes, which only its owner sees. */
export const showOrder = async (context: KitContext, order: Order): Promise<OrderResponse> => ({
  order: await withTicketCodes(context.ticketCodes, order),
})

export const getOrder = async (context: KitContext, access: OrderAccess): Promise<OrderResponse> =>
  showOrder(context, (await readOwnedOrder(context, access)).order)
