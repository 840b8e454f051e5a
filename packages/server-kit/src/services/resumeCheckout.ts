import type { CheckoutResponse, PaymentUi } from '@venuekit/core/contracts'
import { completeFreeOrder } from './completion.ts'
import type { KitContext } from './kitContext.ts'
import { notPayable } from './notPayable.ts'
import { offeredUi } from './offeredUi.ts'
import { openCheckout } from './openCheckout.ts'
import { type OrderAccess, type OwnedOrder, readOwnedOrder, showOrder } from './ownedOrder.ts'

/** The checkout of an order that is held; of one that costs nothing, its tickets. `attemptId` is for a new attempt. */
export const payHeldOrder = async (
  context: KitContext,
  { order, event, returnUrl, locale, attempt }: OwnedOrder,
  { claims }: OrderAccess,
  { attemptId, ui }: { attemptId?: string | undefined; ui?: PaymentUi | undefined } = {},
): Promise<CheckoutResponse> => {
  if (order.status !== 'reserved' || returnUrl === null) throw notPayable(order.status)
  if (order.total.amountMinor === 0) {
    return { ...(await showOrder(context, await completeFreeOrder(context, order))), checkout: { kind: 'free' } }
  }
  return openCheckout(context, {
    order,
    orderToken: await context.orderTokens.sign(claims),
    event,
    returnUrl,
    locale,
    ui: offeredUi(context, ui ?? attempt?.ui),
    ...(attemptId === undefined ? {} : { attemptId }),
  })
}

/**
 * The live checkout of a held order again, or a new one where its session has ended, or the buyer would rather pay in
 * another way: the old session is ended behind the fence first. Throws `reservation_expired`, and
 * `conflict` for an order that is paid, being paid or under review.
 */
export const resumeCheckout = async (
  context: KitContext,
  access: OrderAccess,
  ui?: PaymentUi,
): Promise<CheckoutResponse> => payHeldOrder(context, await readOwnedOrder(context, access), access, { ui })
