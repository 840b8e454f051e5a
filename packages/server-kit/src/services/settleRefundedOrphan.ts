import type { KitContext } from './kitContext.ts'
import { refundStateOf } from './refundState.ts'
import { toSessionSubject } from './sessionSubject.ts'

/** Where somebody has refunded money without an order at the gateway, all of it, nobody need decide about it any more. */
export const settleRefundedOrphan = async (
  { gateway, database }: KitContext,
  paymentIntentId: string,
): Promise<void> => {
  const session = await gateway.findSession(paymentIntentId)
  if (!session || !toSessionSubject(session)) return
  const refunds = await gateway.listPaymentRefunds(paymentIntentId)
  const made = refunds.filter(({ status }) => refundStateOf(status) === 'succeeded')
  const refundedMinor = made.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  if (refundedMinor < session.amountTotalMinor) return
  await database.call('venuekit.settle_orphan', {
    account: gateway.account,
    session_id: session.id,
    status: 'refunded',
    note: `refunded at the gateway: ${made.map(({ id }) => id).join(', ')}`,
  })
}
