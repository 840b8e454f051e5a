import type { CheckoutSession } from '../ports/gateway.ts'
import { GatewayError } from '../ports/gatewayError.ts'
import type { StoredWebhook } from '../ports/venuekitFunctions.ts'
import { applySession, type Settlement, settlePaymentFailed } from './completion.ts'
import type { KitContext } from './kitContext.ts'
import { keepOrphan } from './orphanPayments.ts'
import { isMoneyEvent, workOnMoney } from './refundWebhooks.ts'
import { type SessionSubject, toSessionSubject } from './sessionSubject.ts'

/** What a gateway event asks for. Answers a note for the record; throws to be tried again. */
type Work = (context: KitContext, webhook: StoredWebhook) => Promise<string>

const notOurs = 'ignored: no session of ours'

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** The object that the event is about: inside snapshot events, by reference in thin ones. */
const objectOf = ({ payload }: StoredWebhook): Record<string, unknown> => {
  const inside = record(record(payload.data).object)
  return 'id' in inside ? inside : record(payload.related_object)
}

const noteOf = (settlement: Settlement): string => {
  if (settlement.kind === 'unknown_order') return 'noted: the order does not exist'
  return settlement.kind === 'open' ? 'noted: the session is still open' : settlement.outcome
}

/** Money without an order: tried again for a while, since the reservation may not be visible yet. */
const noteOrphan = async (context: KitContext, session: CheckoutSession, subject: SessionSubject): Promise<string> => {
  if ((await keepOrphan(context, session, subject)) === 'told') return 'orphan payment: the order does not exist'
  throw new Error(`session ${session.id} was paid for an order that does not exist`)
}

const settleSession = async (
  context: KitContext,
  webhook: StoredWebhook,
  session: CheckoutSession,
): Promise<string> => {
  const subject = toSessionSubject(session)
  if (!subject) return notOurs
  const source = { kind: 'webhook', reference: webhook.gatewayEventId } as const
  const settlement = await applySession(context, session, subject, source)
  if (settlement.kind === 'unknown_order' && settlement.paid) return noteOrphan(context, session, subject)
  return noteOf(settlement)
}

const readSession = async (context: KitContext, sessionId: string | null): Promise<CheckoutSession | null> => {
  if (sessionId === null) return null
  try {
    return await context.gateway.getSession(sessionId)
  } catch (error) {
    if (error instanceof GatewayError && error.kind === 'not_found') return null
    throw error
  }
}

const workOnSession: Work = async (context, webhook) => {
  const session = await readSession(context, text(objectOf(webhook).id))
  return session ? settleSession(context, webhook, session) : notOurs
}

const workOnFailedPayment: Work = async (context, webhook) => {
  const session = await readSession(context, text(objectOf(webhook).id))
  const subject = session && toSessionSubject(session)
  if (!session || !subject) return notOurs
  // Paid by another try meanwhile: then that is the truth.
  if (session.paymentStatus !== 'unpaid') return settleSession(context, webhook, session)
  return noteOf(await settlePaymentFailed(context, subject))
}

const workOnIntent = async (context: KitContext, webhook: StoredWebhook, intentId: string | null): Promise<string> => {
  const session = intentId === null ? null : await context.gateway.findSession(intentId)
  return session ? settleSession(context, webhook, session) : notOurs
}

/** A thin event names the charge alone. */
const workOnCharge: Work = async (context, webhook) => {
  const { id, payment_intent: intentId } = objectOf(webhook)
  const chargeId = text(id)
  if (text(intentId) !== null || chargeId === null) return workOnIntent(context, webhook, text(intentId))
  return workOnIntent(context, webhook, await context.gateway.findPaymentOfCharge(chargeId))
}

const works: Record<string, Work> = {
  'checkout.session.completed': workOnSession,
  'checkout.session.async_payment_succeeded': workOnSession,
  'checkout.session.async_payment_failed': workOnFailedPayment,
  'checkout.session.expired': workOnSession,
  'payment_intent.succeeded': (context, webhook) => workOnIntent(context, webhook, text(objectOf(webhook).id)),
  'charge.succeeded': workOnCharge,
}

/** Thin events carry the same names behind a version. */
const workFor = (type: string): Work | undefined => {
  const name = type.replace(/^v1\./, '')
  if (isMoneyEvent(name)) return (context, webhook) => workOnMoney(context, name, text(objectOf(webhook).id))
  return Object.hasOwn(works, name) ? works[name] : undefined
}

/** Does what the event asks for, by the gateway's present state and not by the amounts in the payload. */
export const workOnWebhook: Work = async (context, webhook) => {
  const work = workFor(webhook.type)
  return work ? work(context, webhook) : `noted: nothing to do for ${webhook.type}`
}
