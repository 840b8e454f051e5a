import type Stripe from 'stripe'
import { createBalanceTransaction } from './balanceTransactions.ts'
import type { Decline } from './cards.ts'
import { seconds } from './clock.ts'
import { createId } from './ids.ts'
import { listPage, pageShape } from './list.ts'
import { defineOperation, type Operation } from './operation.ts'
import { billingDetails, type Payer } from './paymentMethods.ts'
import { notFound } from './refusal.ts'
import { text } from './rules.ts'
import { emit, type TwinState } from './state.ts'

const cardPayment = (method: Stripe.PaymentMethod, amount: number): Stripe.Charge.PaymentMethodDetails.Card => ({
  amount_authorized: amount,
  authorization_code: '123456',
  brand: method.card?.brand ?? null,
  checks: method.card?.checks ?? null,
  country: method.card?.country ?? null,
  electronic_commerce_indicator: null,
  exp_month: method.card?.exp_month ?? 12,
  exp_year: method.card?.exp_year ?? 2030,
  extended_authorization: { status: 'disabled' },
  fingerprint: method.card?.fingerprint ?? null,
  funding: method.card?.funding ?? null,
  incremental_authorization: { status: 'unavailable' },
  installments: null,
  last4: method.card?.last4 ?? null,
  mandate: null,
  multicapture: { status: 'unavailable' },
  network: 'visa',
  network_token: { used: false },
  network_transaction_id: '753104157119101',
  overcapture: { maximum_amount_capturable: amount, status: 'unavailable' },
  regulated_status: 'unregulated',
  three_d_secure: null,
  transaction_link_id: null,
  wallet: null,
})

const accountPayment: Record<string, (last4: string) => Partial<Stripe.Charge.PaymentMethodDetails>> = {
  sepa_debit: last4 => ({
    sepa_debit: { bank_code: '37040044', branch_code: '', country: 'DE', fingerprint: null, last4, mandate: null },
  }),
  us_bank_account: last4 => ({
    us_bank_account: {
      account_holder_type: 'individual',
      account_type: 'checking',
      bank_name: 'STRIPE TEST BANK',
      fingerprint: null,
      last4,
      payment_reference: null,
      routing_number: '110000000',
    },
  }),
}

const methodDetails = (method: Stripe.PaymentMethod, payer: Payer, amount: number) =>
  method.type === 'card'
    ? { card: cardPayment(method, amount), type: 'card' }
    : { ...accountPayment[method.type]?.(payer.last4), type: method.type }

const authorized: Stripe.Charge.Outcome = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: 'approved_by_network',
  reason: null,
  risk_level: 'normal',
  risk_score: 12,
  seller_message: 'Payment complete.',
  type: 'authorized',
}

const declined = (decline: Decline): Stripe.Charge.Outcome => ({
  advice_code: 'try_again_later',
  network_advice_code: '02',
  network_decline_code: decline.networkCode,
  network_status: 'declined_by_network',
  reason: decline.declineCode,
  risk_level: 'normal',
  risk_score: 12,
  seller_message: 'The bank did not return any further details with this decline.',
  type: 'issuer_declined',
})

/** A charge of an intent. Its money moves only in `settleCharge`. */
export const createCharge = (
  state: TwinState,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  payer: Payer,
  end: { status: 'succeeded' | 'pending' } | { status: 'failed'; decline: Decline },
): Stripe.Charge => {
  const decline = end.status === 'failed' ? end.decline : null
  const paid = end.status === 'succeeded'
  const charge: Stripe.Charge = {
    id: createId(method.type === 'card' ? 'ch' : 'py'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: paid ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: billingDetails(payer),
    calculated_statement_descriptor: intent.statement_descriptor ?? 'VENUEKIT TWIN',
    captured: end.status !== 'failed',
    created: seconds(state.clock),
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: decline ? declined(decline) : authorized,
    paid,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: methodDetails(method, payer, intent.amount),
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: end.status,
    transfer_data: null,
    transfer_group: intent.transfer_group,
  }
  state.charges.set(charge.id, charge)
  return charge
}

/** Books a charge that succeeded; with Checkout's asynchronous capture this comes after the fact. */
export const settleCharge = (state: TwinState, charge: Stripe.Charge): void => {
  const transaction = createBalanceTransaction(state, {
    amount: charge.amount,
    currency: charge.currency,
    source: charge.id,
    type: charge.id.startsWith('py_') ? 'payment' : 'charge',
    category: 'charge',
    description: charge.description,
  })
  charge.balance_transaction = transaction.id
  emit(state, 'charge.updated', charge, { balance_transaction: null })
}

export const findCharge = (state: TwinState, id: string, param = 'id'): Stripe.Charge => {
  const charge = state.charges.get(id)
  if (!charge) throw notFound('charge', id, param)
  return charge
}

const retrieve = defineOperation({
  method: 'GET',
  path: '/v1/charges/:id',
  shape: {},
  run: (state, id) => findCharge(state, id),
})

const list = defineOperation({
  method: 'GET',
  path: '/v1/charges',
  shape: { ...pageShape, customer: text(), payment_intent: text(), transfer_group: text() } satisfies Record<
    keyof Omit<Stripe.ChargeListParams, 'expand'>,
    unknown
  >,
  run: (state, _id, parameters) => {
    const matching = [...state.charges.values()]
      .filter(() => parameters.customer === undefined)
      .filter(charge => !parameters.payment_intent || charge.payment_intent === parameters.payment_intent)
      .filter(charge => !parameters.transfer_group || charge.transfer_group === parameters.transfer_group)
    return listPage('/v1/charges', 'charge', matching, parameters)
  },
})

export const chargeOperations: Operation[] = [list, retrieve]
