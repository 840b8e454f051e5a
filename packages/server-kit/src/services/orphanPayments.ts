import type { CheckoutSession } from '../ports/checkoutSession.ts'
import type { OrphanPayment } from '../ports/reconciliationFunctions.ts'
import { applySession } from './completion.ts'
import { inLanes } from './inLanes.ts'
import type { KitContext } from './kitContext.ts'
import { raiseAlert } from './raiseAlert.ts'
import { refundOrphan } from './refundOrphan.ts'
import { type SessionSubject, toSessionSubject } from './sessionSubject.ts'
import { settleRefundedOrphan } from './settleRefundedOrphan.ts'

/** `waiting`: its order may yet appear. `told`: a person knows of it, and the policy was applied. */
export type OrphanState = 'waiting' | 'told'

/** Beside each other: the gateway may be slow about some. */
const lanes = 4

/** What alerts and findings say of it. Buyers' addresses stay out. */
export const orphanFields = (session: CheckoutSession, subject: SessionSubject) => ({
  sessionId: session.id,
  paymentIntentId: session.paymentIntentId,
  eventId: subject.eventId,
  orderId: subject.orderId,
  amountMinor: session.amountTotalMinor,
  currency: session.currency,
})

const settle = (context: KitContext, sessionId: string, status: 'claimed' | 'review', note: string | null) =>
  context.database.call('venuekit.settle_orphan', {
    account: context.gateway.account,
    session_id: sessionId,
    status,
    note,
  })

/** Tells a person, then does what the host chose: leave it to that person, or send it back. */
const tell = async (
  context: KitContext,
  session: CheckoutSession,
  subject: SessionSubject,
  refundId: string,
): Promise<void> => {
  const fields = orphanFields(session, subject)
  const policy = context.orphanPayments
  await raiseAlert(context, `session:${session.id}`, {
    code: 'orphan_payment',
    summary: `session ${session.id} of order ${subject.orderId}`,
    fields: { ...fields, policy },
  })
  const { paymentIntentId } = fields
  if (policy === 'refund' && paymentIntentId !== null) {
    await refundOrphan(context, { ...fields, paymentIntentId, refundId })
  } else {
    await settle(context, session.id, 'review', 'its order never came: a person decides')
  }
}

/** Keeps money whose order is not here; a quarter of an hour after it was first seen, tells a person. */
export const keepOrphan = async (
  context: KitContext,
  session: CheckoutSession,
  subject: SessionSubject,
): Promise<OrphanState> => {
  const { status, refundId } = await context.database.call('venuekit.keep_orphan', {
    account: context.gateway.account,
    session_id: session.id,
    payment_intent_id: session.paymentIntentId,
    event_id: subject.eventId,
    order_id: subject.orderId,
    amount_minor: session.amountTotalMinor,
    currency: session.currency,
  })
  if (status === 'waiting') return 'waiting'
  if (status === 'due') await tell(context, session, subject, refundId)
  return 'told'
}

/** Its order has appeared, or it is told of. */
const settleDue = async (context: KitContext, { sessionId }: OrphanPayment): Promise<OrphanState | 'claimed'> => {
  const session = await context.gateway.getSession(sessionId)
  const subject = toSessionSubject(session)
  if (!subject) throw new Error(`session ${sessionId} names no order any more`)
  const settlement = await applySession(context, session, subject, { kind: 'sweeper', reference: sessionId })
  if (settlement.kind === 'unknown_order') return keepOrphan(context, session, subject)
  await settle(context, sessionId, 'claimed', 'its order came')
  return 'claimed'
}

const goOnRefunding = async (context: KitContext, orphan: OrphanPayment): Promise<OrphanState> => {
  const { paymentIntentId } = orphan
  if (paymentIntentId !== null) await refundOrphan(context, { ...orphan, paymentIntentId })
  return 'told'
}

/** The person whom it waits for may have refunded it at the gateway, and the news be lost. */
const lookForRefund = async (context: KitContext, { sessionId, paymentIntentId }: OrphanPayment): Promise<'asked'> => {
  if (paymentIntentId !== null) await settleRefundedOrphan(context, paymentIntentId)
  await settle(context, sessionId, 'review', null)
  return 'asked'
}

const works: Record<
  OrphanPayment['status'],
  (context: KitContext, orphan: OrphanPayment) => Promise<OrphanState | 'claimed' | 'asked'>
> = { waiting: settleDue, refunding: goOnRefunding, review: lookForRefund }

/** Looks once more for the orders of those that waited long enough, and after refunds. Answers how many are told of. */
export const settleDueOrphans = async (context: KitContext, signal?: AbortSignal): Promise<number> => {
  const { gateway, database, log } = context
  const { orphans } = await database.call('venuekit.due_orphans', { account: gateway.account, max_orphans: 50 })
  let told = 0
  await inLanes(orphans, lanes, async orphan => {
    if (signal?.aborted) return
    try {
      if ((await works[orphan.status](context, orphan)) === 'told') told += 1
    } catch (error) {
      log.warn('an orphan payment waits on', { sessionId: orphan.sessionId, error: String(error) })
    }
  })
  return told
}
