import type Stripe from 'stripe'
import { createBalanceTransaction } from './balanceTransactions.ts'
import { seconds } from './clock.ts'
import { createId } from './ids.ts'
import { listPage, pageShape } from './list.ts'
import { defineOperation, type Operation } from './operation.ts'
import { badState, notFound } from './refusal.ts'
import { text } from './rules.ts'
import { emit, type TwinState } from './state.ts'

const disputeFee = 1500

const noEvidence: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
}

const cardCase = (inquiry: boolean): Stripe.Dispute.PaymentMethodDetails => ({
  card: {
    brand: 'visa',
    case_type: inquiry ? 'inquiry' : 'chargeback',
    network: 'visa',
    network_reason_code: '10.4',
  },
  type: 'card',
})

const buildDispute = (state: TwinState, charge: Stripe.Charge, reason: string, inquiry: boolean): Stripe.Dispute => {
  const created = seconds(state.clock)
  return {
    id: createId('du'),
    object: 'dispute',
    amount: charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: structuredClone(noEvidence),
    evidence_details: {
      due_by: created + 7 * 24 * 60 * 60,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    ...(charge.payment_method_details?.type === 'card' && { payment_method_details: cardCase(inquiry) }),
    reason,
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  }
}

const bookDispute = (state: TwinState, dispute: Stripe.Dispute, amount: number, fee: number): void => {
  const transaction = createBalanceTransaction(state, {
    amount,
    currency: dispute.currency,
    source: dispute.id,
    type: 'adjustment',
    category: amount > 0 ? 'dispute_reversal' : 'dispute',
    fee,
  })
  dispute.balance_transactions.push(structuredClone(transaction))
}

/** The buyer's bank takes the money back; with `inquiry` it only asks. */
export const createDispute = (
  state: TwinState,
  charge: Stripe.Charge,
  { reason = 'fraudulent', inquiry = false }: { reason?: string; inquiry?: boolean },
): Stripe.Dispute => {
  if (charge.status !== 'succeeded') throw badState(`Charge ${charge.id} did not succeed; nobody can dispute it.`)
  const dispute = buildDispute(state, charge, reason, inquiry)
  state.disputes.set(dispute.id, dispute)
  if (inquiry) {
    emit(state, 'charge.dispute.created', dispute)
    return dispute
  }
  charge.disputed = true
  bookDispute(state, dispute, -dispute.amount, disputeFee)
  emit(state, 'charge.dispute.created', dispute)
  emit(state, 'charge.dispute.funds_withdrawn', dispute)
  return dispute
}

const closings = {
  won: { dispute: 'won', inquiry: 'warning_closed' },
  lost: { dispute: 'lost', inquiry: 'warning_closed' },
} as const

/** A dispute that was won gives the money back; the charge stays marked as disputed, as it does at Stripe. */
export const closeDispute = (state: TwinState, dispute: Stripe.Dispute, end: 'won' | 'lost'): void => {
  const inquiry = String(dispute.status).startsWith('warning_')
  if (['won', 'lost', 'warning_closed'].includes(dispute.status)) throw badState(`Dispute ${dispute.id} is closed.`)
  dispute.status = closings[end][inquiry ? 'inquiry' : 'dispute']
  dispute.is_charge_refundable = false
  if (end === 'won' && !inquiry) {
    bookDispute(state, dispute, dispute.amount, 0)
    emit(state, 'charge.dispute.funds_reinstated', dispute)
  }
  emit(state, 'charge.dispute.closed', dispute)
}

export const findDispute = (state: TwinState, id: string): Stripe.Dispute => {
  const dispute = state.disputes.get(id)
  if (!dispute) throw notFound('dispute', id, 'dispute')
  return dispute
}

const retrieve = defineOperation({
  method: 'GET',
  path: '/v1/disputes/:id',
  shape: {},
  run: (state, id) => findDispute(state, id),
})

const list = defineOperation({
  method: 'GET',
  path: '/v1/disputes',
  shape: { ...pageShape, charge: text(), payment_intent: text() } satisfies Record<
    keyof Omit<Stripe.DisputeListParams, 'expand'>,
    unknown
  >,
  run: (state, _id, parameters) => {
    const matching = [...state.disputes.values()]
      .filter(dispute => !parameters.charge || dispute.charge === parameters.charge)
      .filter(dispute => !parameters.payment_intent || dispute.payment_intent === parameters.payment_intent)
    return listPage('/v1/disputes', 'dispute', matching, parameters)
  },
})

export const disputeOperations: Operation[] = [list, retrieve]
