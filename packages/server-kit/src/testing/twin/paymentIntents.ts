import type Stripe from 'stripe'
import { seconds } from './clock.ts'
import { createId, randomText } from './ids.ts'
import { listPage, pageShape } from './list.ts'
import { defineOperation, type Operation } from './operation.ts'
import { notFound } from './refusal.ts'
import { text } from './rules.ts'
import type { SessionRecord, TwinState } from './state.ts'

/** The intent of a session: Stripe makes it when the buyer first tries to pay, never before. */
export const createPaymentIntent = (state: TwinState, { session, intentData }: SessionRecord): Stripe.PaymentIntent => {
  const id = createId('pi')
  const intent: Stripe.PaymentIntent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: session.allowed_payment_method_types,
    amount: session.amount_total ?? 0,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: 'automatic',
    created: seconds(state.clock),
    currency: session.currency ?? '',
    customer: null,
    customer_account: null,
    description: intentData.description,
    excluded_payment_method_types: session.excluded_payment_method_types ?? null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: { ...intentData.metadata },
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: session.payment_method_configuration_details,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: [...session.payment_method_types],
    payment_record: null,
    processing: null,
    receipt_email: intentData.receiptEmail,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: intentData.statementDescriptor,
    statement_descriptor_suffix: intentData.statementDescriptorSuffix,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: intentData.transferGroup,
  }
  state.paymentIntents.set(id, intent)
  return intent
}

export const findPaymentIntent = (state: TwinState, id: string): Stripe.PaymentIntent => {
  const intent = state.paymentIntents.get(id)
  if (!intent) throw notFound('payment_intent', id, 'intent')
  return intent
}

const retrieve = defineOperation({
  method: 'GET',
  path: '/v1/payment_intents/:id',
  shape: { client_secret: text() },
  run: (state, id) => findPaymentIntent(state, id),
})

const list = defineOperation({
  method: 'GET',
  path: '/v1/payment_intents',
  shape: { ...pageShape, customer: text(), customer_account: text() } satisfies Record<
    keyof Omit<Stripe.PaymentIntentListParams, 'expand'>,
    unknown
  >,
  run: (state, _id, parameters) => {
    const anonymous = parameters.customer === undefined && parameters.customer_account === undefined
    const matching = anonymous ? state.paymentIntents.values() : []
    return listPage('/v1/payment_intents', 'payment_intent', matching, parameters)
  },
})

export const paymentIntentOperations: Operation[] = [list, retrieve]
