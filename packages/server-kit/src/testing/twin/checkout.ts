import type Stripe from 'stripe'
import { type Decline, defaultCard } from './cards.ts'
import { createCharge, findCharge, settleCharge } from './charges.ts'
import { seconds } from './clock.ts'
import { createPaymentIntent, findPaymentIntent } from './paymentIntents.ts'
import { billingDetails, createPaymentMethod, type Payer } from './paymentMethods.ts'
import { badState, notFound } from './refusal.ts'
import { customerDetails } from './sessionObject.ts'
import { emit, type SessionRecord, type TwinState } from './state.ts'

export const findSession = (state: TwinState, id: string): SessionRecord => {
  const record = state.sessions.get(id)
  if (!record) throw notFound('checkout.session', id, 'session')
  return record
}

/** Who pays where nobody said: the session's own buyer, with the ordinary test card. */
export const defaultPayer = ({ session }: SessionRecord): Payer => ({
  email: session.customer_email ?? 'buyer@example.com',
  name: 'Ada Buyer',
  method: 'card',
  last4: defaultCard.slice(-4),
})

const requireOpen = ({ session }: SessionRecord): void => {
  if (session.status === 'open') return
  throw badState(`This Checkout Session has a status of \`${session.status}\`; only an open one can be paid.`)
}

/** The session's intent, made at the first try. */
const intentOf = (state: TwinState, record: SessionRecord): Stripe.PaymentIntent => {
  const { session } = record
  if (typeof session.payment_intent === 'string') return findPaymentIntent(state, session.payment_intent)
  const intent = createPaymentIntent(state, record)
  session.payment_intent = intent.id
  emit(state, 'payment_intent.created', intent)
  return intent
}

const completeSession = (
  state: TwinState,
  { session }: SessionRecord,
  payer: Payer,
  paymentStatus: 'paid' | 'unpaid' | 'no_payment_required',
): void => {
  state.openSessions.delete(session.id)
  session.status = 'complete'
  session.payment_status = paymentStatus
  session.url = null
  session.client_secret = null
  session.customer_details = {
    ...customerDetails(payer.email),
    address: billingDetails(payer).address,
    name: payer.name,
    tax_ids: [],
  }
  emit(state, 'checkout.session.completed', session)
}

const succeed = (state: TwinState, intent: Stripe.PaymentIntent, charge: Stripe.Charge): void => {
  charge.status = 'succeeded'
  charge.paid = true
  charge.amount_captured = charge.amount
  intent.status = 'succeeded'
  intent.amount_received = intent.amount
  intent.last_payment_error = null
  intent.latest_charge = charge.id
  emit(state, 'charge.succeeded', charge)
  emit(state, 'payment_intent.succeeded', intent)
}

/**
 * The buyer pays. A card is charged at once; a delayed method leaves the session complete and unpaid until
 * `settleSession` says how it ended.
 */
export const paySession = (state: TwinState, record: SessionRecord, payer: Payer): void => {
  requireOpen(record)
  const { session } = record
  if (!session.payment_method_types.includes(payer.method)) {
    throw badState(
      `This Checkout Session does not take '${payer.method}', only ${session.payment_method_types.join(', ')}.`,
    )
  }
  if (session.amount_total === 0) completeSession(state, record, payer, 'no_payment_required')
  else if (payer.method === 'card') payAtOnce(state, record, payer)
  else payInDays(state, record, payer)
}

const payAtOnce = (state: TwinState, record: SessionRecord, payer: Payer): void => {
  const intent = intentOf(state, record)
  const method = createPaymentMethod(state, payer)
  intent.payment_method = method.id
  const charge = createCharge(state, intent, method, payer, { status: 'succeeded' })
  succeed(state, intent, charge)
  completeSession(state, record, payer, 'paid')
  settleCharge(state, charge)
}

const payInDays = (state: TwinState, record: SessionRecord, payer: Payer): void => {
  const intent = intentOf(state, record)
  const method = createPaymentMethod(state, payer)
  intent.payment_method = method.id
  const charge = createCharge(state, intent, method, payer, { status: 'pending' })
  intent.latest_charge = charge.id
  intent.status = 'processing'
  emit(state, 'charge.pending', charge)
  emit(state, 'payment_intent.processing', intent)
  completeSession(state, record, payer, 'unpaid')
}

/** The issuer says no; the session stays open and the buyer may try again. */
export const declineSession = (state: TwinState, record: SessionRecord, payer: Payer, decline: Decline): void => {
  requireOpen(record)
  const intent = intentOf(state, record)
  const method = createPaymentMethod(state, payer)
  const charge = createCharge(state, intent, method, payer, { status: 'failed', decline })
  intent.latest_charge = charge.id
  failIntent(state, intent, charge, method, decline)
}

const failIntent = (
  state: TwinState,
  intent: Stripe.PaymentIntent,
  charge: Stripe.Charge,
  method: Stripe.PaymentMethod,
  decline: Decline,
): void => {
  intent.status = 'requires_payment_method'
  intent.payment_method = null
  intent.last_payment_error = {
    advice_code: 'try_again_later',
    charge: charge.id,
    code: decline.code,
    decline_code: decline.declineCode,
    doc_url: `https://docs.stripe.com/error-codes#${decline.code.replaceAll('_', '-')}`,
    message: decline.message,
    network_decline_code: decline.networkCode,
    payment_method: method,
    type: 'card_error',
  }
  emit(state, 'charge.failed', charge)
  emit(state, 'payment_intent.payment_failed', intent)
}

const bankRefusal: Decline = {
  code: 'payment_intent_payment_attempt_failed',
  declineCode: 'insufficient_funds',
  message: 'The customer’s account has insufficient funds to cover this payment.',
  networkCode: 'R01',
}

/** A delayed payment ends: the money arrived, or it did not. */
export const settleSession = (state: TwinState, record: SessionRecord, succeeded: boolean): void => {
  const { session } = record
  if (session.status !== 'complete' || session.payment_status !== 'unpaid') {
    throw badState(`Only a complete and unpaid Checkout Session can be settled; this one is \`${session.status}\`.`)
  }
  const intent = findPaymentIntent(state, String(session.payment_intent))
  const charge = findCharge(state, String(intent.latest_charge))
  if (intent.status !== 'processing') throw badState('The delayed payment of this Checkout Session has failed already.')
  if (!succeeded) {
    bounce(state, intent, charge)
    emit(state, 'checkout.session.async_payment_failed', session)
    return
  }
  succeed(state, intent, charge)
  session.payment_status = 'paid'
  emit(state, 'checkout.session.async_payment_succeeded', session)
  settleCharge(state, charge)
}

/** The bank sends the delayed payment back. */
const bounce = (state: TwinState, intent: Stripe.PaymentIntent, charge: Stripe.Charge): void => {
  charge.status = 'failed'
  charge.captured = false
  charge.failure_code = bankRefusal.code
  charge.failure_message = bankRefusal.message
  const method = state.paymentMethods.get(String(charge.payment_method))
  if (!method) throw notFound('PaymentMethod', String(charge.payment_method), 'payment_method')
  failIntent(state, intent, charge, method, bankRefusal)
}

export const expireSession = (state: TwinState, { session }: SessionRecord): void => {
  state.openSessions.delete(session.id)
  session.status = 'expired'
  session.url = null
  session.client_secret = null
  if (typeof session.payment_intent === 'string') cancelIntent(state, session.payment_intent)
  emit(state, 'checkout.session.expired', session)
}

/** What a declined card left behind can no longer be paid. */
const cancelIntent = (state: TwinState, id: string): void => {
  const intent = findPaymentIntent(state, id)
  intent.status = 'canceled'
  intent.canceled_at = seconds(state.clock)
  intent.cancellation_reason = 'expired'
  emit(state, 'payment_intent.canceled', intent)
}

/** Ends every open session whose time is over, as Stripe does by itself. */
export const expireOverdue = (state: TwinState): void => {
  const now = seconds(state.clock)
  for (const record of [...state.openSessions.values()]) {
    if (record.session.expires_at <= now) expireSession(state, record)
  }
}
