import type Stripe from 'stripe'
import { seconds } from './clock.ts'
import { createId } from './ids.ts'
import { defineOperation, type Operation } from './operation.ts'
import { notFound } from './refusal.ts'
import type { TwinState } from './state.ts'

/** Who pays, and by what. */
export interface Payer {
  email: string
  name: string
  /** `card`, or the session's delayed method. */
  method: string
  /** Of the card or the account. */
  last4: string
}

export const billingDetails = (payer: Payer): Stripe.PaymentMethod.BillingDetails => ({
  address: { city: null, country: 'US', line1: null, line2: null, postal_code: '60622', state: null },
  email: payer.email,
  name: payer.name,
  phone: null,
  tax_id: null,
})

const year = (state: TwinState) => new Date(state.clock.now()).getUTCFullYear() + 3

const cardDetails = (state: TwinState, payer: Payer): Stripe.PaymentMethod.Card => ({
  brand: 'visa',
  checks: { address_line1_check: null, address_postal_code_check: 'pass', cvc_check: 'pass' },
  country: 'US',
  display_brand: 'visa',
  exp_month: 12,
  exp_year: year(state),
  fingerprint: 'Xt5EWLLDS7FJjR1c',
  funding: 'credit',
  generated_from: null,
  last4: payer.last4,
  networks: { available: ['visa'], preferred: null },
  regulated_status: 'unregulated',
  three_d_secure_usage: { supported: true },
  wallet: null,
})

const sepaDetails = (payer: Payer): Stripe.PaymentMethod.SepaDebit => ({
  bank_code: '37040044',
  branch_code: '',
  country: 'DE',
  fingerprint: null,
  generated_from: null,
  last4: payer.last4,
})

const bankDetails = (payer: Payer): Stripe.PaymentMethod.UsBankAccount => ({
  account_holder_type: 'individual',
  account_type: 'checking',
  bank_name: 'STRIPE TEST BANK',
  financial_connections_account: null,
  fingerprint: null,
  last4: payer.last4,
  networks: null,
  routing_number: '110000000',
  status_details: null,
})

/** What `type` names stands in full under its own name. */
const detailsByMethod: Record<string, (state: TwinState, payer: Payer) => Partial<Stripe.PaymentMethod>> = {
  card: (state, payer) => ({ card: cardDetails(state, payer) }),
  sepa_debit: (_state, payer) => ({ sepa_debit: sepaDetails(payer) }),
  us_bank_account: (_state, payer) => ({ us_bank_account: bankDetails(payer) }),
}

export const createPaymentMethod = (state: TwinState, payer: Payer): Stripe.PaymentMethod => {
  const method: Stripe.PaymentMethod = {
    id: createId('pm'),
    object: 'payment_method',
    allow_redisplay: 'limited',
    billing_details: billingDetails(payer),
    created: seconds(state.clock),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: payer.method,
    ...detailsByMethod[payer.method]?.(state, payer),
  }
  state.paymentMethods.set(method.id, method)
  return method
}

const retrieve = defineOperation({
  method: 'GET',
  path: '/v1/payment_methods/:id',
  shape: {},
  run: (state, id) => {
    const method = state.paymentMethods.get(id)
    if (!method) throw notFound('PaymentMethod', id, 'payment_method')
    return method
  },
})

export const paymentMethodOperations: Operation[] = [retrieve]
