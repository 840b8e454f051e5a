import type Stripe from 'stripe'
import { seconds } from './clock.ts'
import { createId, randomText } from './ids.ts'
import { badParameter } from './refusal.ts'
import type { SessionParameters } from './sessionParams.ts'
import type { TwinState } from './state.ts'

type Session = Stripe.Checkout.Session

/** Cards, and the delayed method of the currency, less what the session leaves out. */
const methodTypes = (state: TwinState, parameters: SessionParameters, currency: string): string[] => {
  const delayed = state.delayedMethods[currency]
  const offered = delayed === undefined ? ['card'] : ['card', delayed]
  const { allowed_payment_method_types: allowed, excluded_payment_method_types: excluded = [] } = parameters
  const types = offered.filter(type => !excluded.includes(type) && (allowed === undefined || allowed.includes(type)))
  if (types.length > 0) return types
  throw badParameter(
    'allowed_payment_method_types',
    'No valid payment method types for this Checkout Session. Ensure that a method is activated that is compatible with your currency and parameters.',
  )
}

/** Everything about a session that the twin never changes. */
const constantParts = {
  after_expiration: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  collected_information: { business_name: null, individual_name: null, shipping_details: null },
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
  customer: null,
  customer_account: null,
  discounts: [],
  invoice: null,
  invoice_creation: {
    enabled: false,
    invoice_data: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: null,
      metadata: {},
      rendering_options: null,
    },
  },
  livemode: false,
  managed_payments: { enabled: false },
  mode: 'payment',
  payment_link: null,
  payment_method_collection: 'if_required',
  payment_method_options: { card: { request_three_d_secure: 'automatic' } },
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  subscription: null,
  wallet_options: null,
} satisfies Partial<Session>

export const customerDetails = (email: string | null): Stripe.Checkout.Session.CustomerDetails => ({
  address: null,
  business_name: null,
  email,
  individual_name: null,
  name: null,
  phone: null,
  tax_exempt: 'none',
  tax_ids: null,
})

const addressesOf = (state: TwinState, id: string, parameters: SessionParameters) => {
  if (parameters.ui_mode !== 'embedded_page') {
    return {
      cancel_url: parameters.cancel_url ?? null,
      client_secret: null,
      success_url: parameters.success_url ?? null,
      url: `${state.baseUrl}/c/pay/${id}`,
    }
  }
  return {
    cancel_url: null,
    client_secret: `${id}_secret_${randomText(58)}`,
    redirect_on_completion: parameters.redirect_on_completion ?? 'always',
    ...(parameters.return_url !== undefined && { return_url: parameters.return_url }),
    success_url: null,
    url: null,
  }
}

/** A new open session for lines that add up to `total`. */
export const createSessionObject = (
  state: TwinState,
  parameters: SessionParameters,
  { total, currency }: { total: number; currency: string },
): Session => {
  const id = createId('cs_test')
  const now = seconds(state.clock)
  const excluded = parameters.excluded_payment_method_types
  return {
    ...structuredClone(constantParts),
    id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: parameters.adaptive_pricing?.enabled ?? false },
    allow_promotion_codes: parameters.allow_promotion_codes ?? null,
    allowed_payment_method_types: parameters.allowed_payment_method_types ?? null,
    amount_subtotal: total,
    amount_total: total,
    billing_address_collection: parameters.billing_address_collection ?? null,
    client_reference_id: parameters.client_reference_id ?? null,
    created: now,
    currency,
    customer_creation: parameters.customer_creation ?? 'if_required',
    customer_details: parameters.customer_email === undefined ? null : customerDetails(parameters.customer_email),
    customer_email: parameters.customer_email ?? null,
    ...(excluded && { excluded_payment_method_types: excluded }),
    expires_at: parameters.expires_at ?? now + 24 * 60 * 60,
    integration_identifier: parameters.integration_identifier ?? null,
    locale: parameters.locale ?? null,
    metadata: parameters.metadata ?? {},
    origin_context: parameters.origin_context ?? null,
    payment_intent: null,
    payment_method_configuration_details: { id: createId('pmc'), parent: null },
    payment_method_types: methodTypes(state, parameters, currency),
    payment_status: total === 0 ? 'no_payment_required' : 'unpaid',
    status: 'open',
    submit_type: parameters.submit_type ?? null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: parameters.ui_mode ?? 'hosted_page',
    ...addressesOf(state, id, parameters),
  } satisfies Session
}
