import type Stripe from 'stripe'
import { createBalanceTransaction } from './balanceTransactions.ts'
import { findCharge } from './charges.ts'
import { seconds } from './clock.ts'
import { formatAmount, stepProblem } from './currency.ts'
import { createId } from './ids.ts'
import { listPage, pageShape } from './list.ts'
import { defineOperation, type Operation } from './operation.ts'
import { findPaymentIntent } from './paymentIntents.ts'
import { badParameter, badState, notFound } from './refusal.ts'
import { choice, integer, metadata, text, unmodelled } from './rules.ts'
import { emit, type TwinState } from './state.ts'

interface RefundRequest {
  amount?: number | undefined
  metadata?: Record<string, string> | undefined
  reason?: 'duplicate' | 'fraudulent' | 'requested_by_customer' | undefined
}

/** How the next refunds end; the faults table sets it. */
export type RefundEnd = 'succeeded' | 'pending' | 'failed'

const buildRefund = (
  state: TwinState,
  charge: Stripe.Charge,
  amount: number,
  request: RefundRequest,
  pending: boolean,
): Stripe.Refund => ({
  id: createId(charge.id.startsWith('py_') ? 'pyr' : 're'),
  object: 'refund',
  amount,
  balance_transaction: null,
  charge: charge.id,
  created: seconds(state.clock),
  currency: charge.currency,
  customer: null,
  customer_account: null,
  destination_details: charge.id.startsWith('py_')
    ? { type: charge.payment_method_details?.type ?? 'card' }
    : {
        card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
        type: 'card',
      },
  metadata: request.metadata ?? {},
  payment_intent: charge.payment_intent,
  payment_method: charge.payment_method,
  ...(pending && { pending_reason: 'processing' }),
  reason: request.reason ?? null,
  receipt_number: null,
  source_transfer_reversal: null,
  status: pending ? 'pending' : 'succeeded',
  transfer_reversal: null,
})

const requireRefundable = (charge: Stripe.Charge, amount: number, left: number): void => {
  const details = { charge: charge.id }
  if (charge.disputed) {
    throw badState(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      ...details,
      code: 'charge_disputed',
    })
  }
  if (left === 0) {
    throw badState(`Charge ${charge.id} has already been refunded.`, { ...details, code: 'charge_already_refunded' })
  }
  const offStep = stepProblem(amount, charge.currency)
  if (offStep) throw badState(offStep.message, { code: offStep.code, param: 'amount' })
  if (amount > left) {
    const [asked, rest] = [amount, left].map(value => formatAmount(value, charge.currency))
    throw badState(`Refund amount (${asked}) is greater than unrefunded amount on charge (${rest})`, {
      param: 'amount',
    })
  }
}

const requireSucceeded = (charge: Stripe.Charge): void => {
  if (charge.status === 'succeeded') return
  throw badState(`Charge ${charge.id} has a status of ${charge.status} and cannot be refunded.`, { charge: charge.id })
}

/** Sends money back and answers the refund as it was then. A pending refund counts against the charge at once, as Stripe counts it. */
export const createRefund = (
  state: TwinState,
  charge: Stripe.Charge,
  request: RefundRequest,
  end: RefundEnd,
): Stripe.Refund => {
  requireSucceeded(charge)
  const left = charge.amount - charge.amount_refunded
  const amount = request.amount ?? left
  requireRefundable(charge, amount, left)
  const refund = buildRefund(state, charge, amount, request, end !== 'succeeded')
  state.refunds.set(refund.id, refund)
  const before = { amount_refunded: charge.amount_refunded, refunded: charge.refunded }
  charge.amount_refunded += amount
  charge.refunded = charge.amount_refunded === charge.amount
  refund.balance_transaction = bookRefund(state, refund, -amount).id
  emit(state, 'refund.created', refund)
  emit(state, 'charge.refunded', charge, before)
  if (end === 'succeeded') reportUpdate(state, refund, {})
  const answer = structuredClone(refund)
  if (end === 'failed') settleRefund(state, refund, 'failed')
  return answer
}

const bookRefund = (state: TwinState, refund: Stripe.Refund, amount: number): Stripe.BalanceTransaction =>
  createBalanceTransaction(state, {
    amount,
    currency: refund.currency,
    source: refund.id,
    type: amount > 0 ? 'refund_failure' : refund.id.startsWith('pyr_') ? 'payment_refund' : 'refund',
    category: amount > 0 ? 'refund_failure' : 'refund',
  })

/** Stripe tells of a refund's news twice, under an old name and a new one. */
const reportUpdate = (state: TwinState, refund: Stripe.Refund, previous: object): void => {
  emit(state, 'refund.updated', refund, previous)
  emit(state, 'charge.refund.updated', refund, previous)
}

/** Ends a refund. One that had succeeded may still fail: a bank sends the money back days later. */
export const settleRefund = (state: TwinState, refund: Stripe.Refund, end: 'succeeded' | 'failed'): void => {
  const previous = { status: refund.status }
  if (refund.status === end || refund.status === 'failed' || refund.status === 'canceled') {
    throw badState(`Refund ${refund.id} has a status of ${refund.status} and cannot become ${end}.`)
  }
  delete refund.pending_reason
  refund.status = end
  if (end === 'failed') {
    const charge = findCharge(state, String(refund.charge))
    charge.amount_refunded -= refund.amount
    charge.refunded = false
    refund.failure_reason = 'expired_or_canceled_card'
    refund.failure_balance_transaction = bookRefund(state, refund, refund.amount).id
    emit(state, 'refund.failed', refund, previous)
  }
  reportUpdate(state, refund, previous)
}

export const findRefund = (state: TwinState, id: string): Stripe.Refund => {
  const refund = state.refunds.get(id)
  if (!refund) throw notFound('refund', id, 'refund')
  return refund
}

const chargeOf = (
  state: TwinState,
  { charge, payment_intent: intentId }: { charge?: string | undefined; payment_intent?: string | undefined },
): Stripe.Charge => {
  if (charge !== undefined) return findCharge(state, charge, 'charge')
  const intent = findPaymentIntent(state, String(intentId))
  if (intent.status === 'succeeded') return findCharge(state, String(intent.latest_charge))
  throw badState(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
    param: 'payment_intent',
  })
}

/** `nextEnd` is asked once for each refund that is made through the API. */
export const refundOperations = (nextEnd: () => RefundEnd): Operation[] => [
  defineOperation({
    method: 'POST',
    path: '/v1/refunds',
    shape: {
      amount: integer(1),
      charge: text(),
      currency: unmodelled,
      customer: unmodelled,
      instructions_email: unmodelled,
      metadata,
      origin: unmodelled,
      payment_intent: text(),
      reason: choice('duplicate', 'fraudulent', 'requested_by_customer'),
      refund_application_fee: unmodelled,
      reverse_transfer: unmodelled,
    } satisfies Record<keyof Omit<Stripe.RefundCreateParams, 'expand'>, unknown>,
    check: (_state, parameters) => {
      if ((parameters.charge === undefined) === (parameters.payment_intent === undefined)) {
        throw badParameter(
          'charge',
          'One of the following params should be provided for this request: payment_intent or charge.',
        )
      }
    },
    run: (state, _id, parameters) => createRefund(state, chargeOf(state, parameters), parameters, nextEnd()),
  }),
  defineOperation({
    method: 'GET',
    path: '/v1/refunds/:id',
    shape: {},
    run: (state, id) => findRefund(state, id),
  }),
  defineOperation({
    method: 'GET',
    path: '/v1/refunds',
    shape: { ...pageShape, charge: text(), payment_intent: text() } satisfies Record<
      keyof Omit<Stripe.RefundListParams, 'expand'>,
      unknown
    >,
    run: (state, _id, parameters) => {
      const matching = [...state.refunds.values()]
        .filter(refund => !parameters.charge || refund.charge === parameters.charge)
        .filter(refund => !parameters.payment_intent || refund.payment_intent === parameters.payment_intent)
      return listPage('/v1/refunds', 'refund', matching, parameters)
    },
  }),
]
