import type { CheckoutResponse } from '@venuekit/core/contracts'
import { completeFreeOrder } from './completion.ts'
import type { KitContext } from './kitContext.ts'
import { notPayable } from './notPayable.ts'
import { openCheckout } from './openCheckout.ts'
import { type OrderAccess, readOwnedOrder, showOrder } from './ownedOrder.ts'

/** The live checkout of a held order again, or a new one. Throws `reservation_expired` or `conflict`. */
export const resumeCheckout = async (context: KitContext, access: OrderAccess): Promise<CheckoutResponse> => {
  const { order, event, returnUrl, locale, attempt } = await readOwnedOrder(context, access)
  if (order.status !== 'reserved') throw notPayable(order.status)
  if (order.total.amountMinor === 0) {
    return { ...(await showOrder(context, await completeFreeOrder(context, order))), checkout: { kind: 'free' } }
  }
  const orderToken = await context.orderTokens.sign(access.claims)
  const ui = attempt?.ui ?? 'redirect'
  return openCheckout(context, { order, orderToken, event, returnUrl, locale, ui })
}
