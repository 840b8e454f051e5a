import type { CheckoutResponse, Order } from '@venuekit/core/contracts'
import type { SqlResult } from '../ports/database.ts'
import { enforceLimits } from './enforceLimits.ts'
import type { KitContext } from './kitContext.ts'
import { notPayable } from './notPayable.ts'
import { type OrderAccess, readOwnedOrder } from './ownedOrder.ts'
import { ProblemError } from './problemError.ts'
import { replaceAttempt } from './replaceAttempt.ts'
import { payHeldOrder } from './resumeCheckout.ts'
import { sha256 } from './sha256.ts'
import { fromUuidBytes } from './uuidBytes.ts'

type Extension = Extract<SqlResult<'ticketing.begin_extension'>, { outcome: 'begun' }>

/** The attempt that this request begins: the same request finds it again. A UUIDv8. */
const extensionAttemptId = async (orderId: string, idempotencyKey: string): Promise<string> => {
  const bytes = (await sha256(`extension ${orderId} ${idempotencyKey}`)).slice(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 15) | 128
  bytes[8] = ((bytes[8] ?? 0) & 63) | 128
  return fromUuidBytes(bytes)
}

const beginExtension = async (context: KitContext, order: Order, attemptId: string): Promise<Extension> => {
  const answer = await context.database.call('ticketing.begin_extension', {
    event_id: order.eventId,
    order_id: order.id,
    attempt_id: attemptId,
  })
  if (answer.outcome === 'begun') return answer
  if (answer.outcome === 'limit_exceeded') {
    throw new ProblemError('limit_exceeded', {
      detail: `The places are held until ${answer.holdEndsAt} at most: pay at the checkout that is open.`,
    })
  }
  throw notPayable(answer.outcome === 'not_payable' ? answer.status : 'expired')
}

/**
 * A longer hold means a new session: the old one is ended at the gateway first, then another begins, within the event's
 * longest hold from the first reserve. Throws `limit_exceeded` where the hold would not end later than now, or the show is
 * off or over (the old session stays), `reservation_expired`, and `conflict` where the order turned out paid.
 */
export const extendOrder = async (
  context: KitContext,
  { idempotencyKey, clientAddress, ...access }: OrderAccess & { idempotencyKey: string; clientAddress: string | null },
): Promise<CheckoutResponse> => {
  const owned = await readOwnedOrder(context, access)
  const { order } = owned
  if (order.status !== 'reserved') throw notPayable(order.status)
  const { email } = order.buyer
  await enforceLimits(context, 'extendOrder', { clientAddress, email, keyId: access.key.keyId, eventId: order.eventId })
  const attemptId = await extensionAttemptId(order.id, idempotencyKey)
  const { attempts, replayed } = await beginExtension(context, order, attemptId)
  for (const attempt of attempts) await replaceAttempt(context, attempt)
  return payHeldOrder(context, owned, access, replayed ? {} : { attemptId })
}
