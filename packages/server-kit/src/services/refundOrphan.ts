import { GatewayError } from '../ports/gatewayError.ts'
import type { GatewayRefund } from '../ports/gatewayRefund.ts'
import { isGatewayAway } from '../ports/isGatewayAway.ts'
import type { KitContext } from './kitContext.ts'
import { refundStateOf } from './refundState.ts'

/** Money without an order, as its refund needs it. */
export interface RefundableOrphan {
  sessionId: string
  /** One for ever: whoever sends the refund, and however often, it is one refund. */
  refundId: string
  eventId: string
  orderId: string
  paymentIntentId: string
  amountMinor: number
}

const settle = (
  context: KitContext,
  sessionId: string,
  status: 'review' | 'refunding' | 'refunded',
  note: string | null,
) =>
  context.database.call('venuekit.settle_orphan', {
    account: context.gateway.account,
    session_id: sessionId,
    status,
    note,
  })

/** Looked for before it is sent: the gateway forgets keys after a day. */
const send = async ({ gateway }: KitContext, orphan: RefundableOrphan): Promise<GatewayRefund> => {
  const { refundId, eventId, orderId, paymentIntentId, amountMinor } = orphan
  const sent = await gateway.findRefund(paymentIntentId, refundId)
  return sent ?? gateway.createRefund({ refundId, eventId, orderId, paymentIntentId, amountMinor })
}

/**
 * Sends the money of an orphan payment back: marked before the call, so that the job goes on where this is cut off.
 * What the gateway refuses is left to a person. Throws where the gateway does not answer.
 */
export const refundOrphan = async (context: KitContext, orphan: RefundableOrphan): Promise<void> => {
  await settle(context, orphan.sessionId, 'refunding', null)
  try {
    const refund = await send(context, orphan)
    const state = refundStateOf(refund.status)
    const note = `refund ${refund.id} is ${refund.status}`
    if (state === 'succeeded') await settle(context, orphan.sessionId, 'refunded', note)
    else if (state === 'failed' || state === 'cancelled') await settle(context, orphan.sessionId, 'review', note)
  } catch (error) {
    if (!(error instanceof GatewayError) || isGatewayAway(error)) throw error
    await settle(context, orphan.sessionId, 'review', error.message)
  }
}
