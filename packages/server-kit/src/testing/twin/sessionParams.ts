import type Stripe from 'stripe'
import { amountProblem, isCurrency, stepProblem } from './currency.ts'
import { badParameter, Refusal } from './refusal.ts'
import {
  choice,
  email,
  fields,
  flag,
  integer,
  list,
  metadata,
  type Parameters,
  type Rule,
  text,
  unmodelled,
  url,
} from './rules.ts'

type CreateParams = Stripe.Checkout.SessionCreateParams
/** Every parameter of Stripe's has its rule, or tsc says which one has not. */
type RulesFor<Params> = Record<keyof Omit<Params, 'expand'>, Rule<unknown>>

const currency: Rule<string> = (value, path) => {
  const code = text(3)(value, path).toLowerCase()
  if (isCurrency(code)) return code
  throw badParameter(path, `Invalid currency: ${code}.`)
}

const productData = {
  name: text(250),
  description: text(40_000),
  images: list(url),
  metadata,
  tax_code: text(),
  tax_details: unmodelled,
  unit_label: text(),
} satisfies RulesFor<Stripe.Checkout.SessionCreateParams.LineItem.PriceData.ProductData>

const priceData = {
  currency,
  product: unmodelled,
  product_data: fields(productData, ['name']),
  recurring: unmodelled,
  tax_behavior: choice('exclusive', 'inclusive', 'unspecified'),
  unit_amount: integer(0),
  unit_amount_decimal: unmodelled,
} satisfies RulesFor<Stripe.Checkout.SessionCreateParams.LineItem.PriceData>

const lineItem = {
  adjustable_quantity: unmodelled,
  metadata,
  price: unmodelled,
  price_data: fields(priceData, ['currency', 'product_data', 'unit_amount']),
  quantity: integer(1),
  tax_rates: unmodelled,
} satisfies RulesFor<Stripe.Checkout.SessionCreateParams.LineItem>

const intentData = {
  application_fee_amount: unmodelled,
  capture_method: choice('automatic', 'automatic_async'),
  description: text(),
  metadata,
  on_behalf_of: unmodelled,
  receipt_email: email,
  setup_future_usage: unmodelled,
  shipping: unmodelled,
  statement_descriptor: text(22),
  statement_descriptor_suffix: text(22),
  transfer_data: unmodelled,
  transfer_group: text(),
} satisfies RulesFor<Stripe.Checkout.SessionCreateParams.PaymentIntentData>

// biome-ignore format: one list of Stripe's, as long as it is
const checkoutLocales = ['auto', 'bg', 'cs', 'da', 'de', 'el', 'en', 'en-GB', 'es', 'es-419', 'et', 'fi', 'fil', 'fr', 'fr-CA', 'hi-IN', 'hr', 'hu', 'id', 'it', 'ja', 'ko', 'lt', 'lv', 'ms', 'mt', 'nb', 'nl', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sk', 'sl', 'sv', 'th', 'tr', 'vi', 'zh', 'zh-HK', 'zh-TW'] as const

export const sessionShape = {
  adaptive_pricing: fields({ enabled: flag }),
  after_expiration: unmodelled,
  allow_promotion_codes: flag,
  allowed_payment_method_types: list(text()),
  automatic_tax: unmodelled,
  billing_address_collection: choice('auto', 'required'),
  branding_settings: unmodelled,
  cancel_url: url,
  client_reference_id: text(200),
  consent_collection: unmodelled,
  currency,
  custom_fields: unmodelled,
  custom_text: unmodelled,
  customer: unmodelled,
  customer_account: unmodelled,
  customer_creation: choice('if_required', 'always'),
  customer_email: email,
  customer_update: unmodelled,
  discounts: unmodelled,
  excluded_payment_method_types: list(text()),
  expires_at: integer(0),
  integration_identifier: text(),
  invoice_creation: unmodelled,
  line_items: list(fields(lineItem)),
  locale: choice(...checkoutLocales),
  managed_payments: unmodelled,
  metadata,
  mode: choice('payment', 'setup', 'subscription'),
  name_collection: unmodelled,
  optional_items: unmodelled,
  origin_context: choice('mobile_app', 'web'),
  payment_intent_data: fields(intentData),
  payment_method_collection: unmodelled,
  payment_method_configuration: unmodelled,
  payment_method_data: unmodelled,
  payment_method_options: unmodelled,
  permissions: unmodelled,
  phone_number_collection: unmodelled,
  redirect_on_completion: choice('always', 'if_required', 'never'),
  return_url: url,
  saved_payment_method_options: unmodelled,
  setup_intent_data: unmodelled,
  shipping_address_collection: unmodelled,
  shipping_options: unmodelled,
  submit_type: choice('auto', 'book', 'donate', 'pay', 'subscribe'),
  subscription_data: unmodelled,
  success_url: url,
  tax_id_collection: unmodelled,
  ui_mode: choice('elements', 'embedded_page', 'form', 'hosted_page'),
  wallet_options: unmodelled,
} satisfies RulesFor<CreateParams>

export type SessionParameters = Parameters<typeof sessionShape>

const missing = (param: string): Refusal =>
  badParameter(param, `Missing required param: ${param}.`, 'parameter_missing')

const checkMode = ({ mode }: SessionParameters): void => {
  if (mode === undefined) throw missing('mode')
  if (mode !== 'payment') throw badParameter('mode', `The twin models 'payment' sessions only, not '${mode}'.`)
}

/** What belongs to a page of Stripe's, and what to one that is embedded. */
const checkAddresses = (parameters: SessionParameters): void => {
  const ui = parameters.ui_mode ?? 'hosted_page'
  if (ui === 'elements' || ui === 'form') throw badParameter('ui_mode', `The twin does not model ui_mode '${ui}'.`)
  if (ui === 'hosted_page') {
    if (parameters.success_url === undefined) throw missing('success_url')
    for (const name of ['return_url', 'redirect_on_completion'] as const) {
      if (parameters[name] !== undefined)
        throw badParameter(name, `\`${name}\` is not supported when \`ui_mode\` is \`hosted_page\`.`)
    }
    return
  }
  for (const name of ['success_url', 'cancel_url'] as const) {
    if (parameters[name] !== undefined)
      throw badParameter(name, `\`${name}\` is not supported when \`ui_mode\` is \`${ui}\`.`)
  }
  if (parameters.return_url === undefined && parameters.redirect_on_completion !== 'never') throw missing('return_url')
}

const checkEnd = ({ expires_at: end }: SessionParameters, now: number): void => {
  if (end === undefined) return
  const message = 'The `expires_at` timestamp must be'
  if (end < now + 30 * 60) {
    throw badParameter('expires_at', `${message} at least 30 minutes from Checkout Session creation.`)
  }
  if (end > now + 24 * 60 * 60) {
    throw badParameter('expires_at', `${message} less than 24 hours from Checkout Session creation.`)
  }
}

const checkLines = ({ line_items: lines }: SessionParameters): void => {
  if (lines === undefined || lines.length === 0) throw missing('line_items')
  if (lines.length > 100) throw badParameter('line_items', 'A Checkout Session can have up to 100 line items.')
  lines.forEach((line, index) => {
    for (const name of ['price_data', 'quantity'] as const) {
      if (line[name] === undefined) throw missing(`line_items[${index}][${name}]`)
    }
  })
  const currencies = new Set(lines.map(line => line.price_data?.currency))
  if (currencies.size > 1) {
    throw badParameter('line_items', 'All line items must have the same currency.')
  }
}

const checkSteps = ({ line_items: lines = [] }: SessionParameters): void => {
  for (const { price_data: price } of lines) {
    const problem = stepProblem(price?.unit_amount ?? 0, price?.currency ?? '')
    if (problem) throw new Refusal(400, { type: 'invalid_request_error', ...problem }, false)
  }
}

const checkTotal = ({ line_items: lines = [] }: SessionParameters): void => {
  const total = lines.reduce((sum, line) => sum + (line.price_data?.unit_amount ?? 0) * (line.quantity ?? 0), 0)
  const problem = amountProblem(total, lines[0]?.price_data?.currency ?? '')
  if (!problem) return
  throw new Refusal(
    400,
    {
      type: 'invalid_request_error',
      code: problem.code,
      message: `The Checkout Session's total amount due must add up to ${problem.bound}`,
    },
    false,
  )
}

/** Refuses what Stripe would refuse before a session exists. `now` in seconds. */
export const checkSession = (parameters: SessionParameters, now: number): void => {
  checkMode(parameters)
  checkAddresses(parameters)
  checkLines(parameters)
  checkEnd(parameters, now)
  checkSteps(parameters)
  checkTotal(parameters)
}
