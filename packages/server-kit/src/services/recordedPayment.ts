import { applySession } from './completion.ts'
import type { KitContext } from './kitContext.ts'
import { toSessionSubject } from './sessionSubject.ts'

export interface RecordedPayment {
  eventId: string
  orderId: string
  paymentId: string
}

const find = async ({ database, gateway }: KitContext, paymentIntentId: string): Promise<RecordedPayment | null> => {
  const { payments } = await database.call('venuekit.find_gateway_payments', {
    account: gateway.account,
    object_ids: [paymentIntentId],
  })
  return payments[0] ?? null
}

/**
 * The payment of an intent. Where news of a refund or a dispute overtook the payment itself, the payment is applied
 * first. Null where it is none of ours.
 */
export const recordedPayment = async (
  context: KitContext,
  paymentIntentId: string,
): Promise<RecordedPayment | null> => {
  const known = await find(context, paymentIntentId)
  if (known) return known
  const session = await context.gateway.findSession(paymentIntentId)
  const subject = session && toSessionSubject(session)
  if (!session || !subject) return null
  await applySession(context, session, subject, { kind: 'webhook', reference: session.id })
  return find(context, paymentIntentId)
}
