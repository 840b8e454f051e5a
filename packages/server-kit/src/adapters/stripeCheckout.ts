import type Stripe from 'stripe'
import type { CheckoutRequest, CheckoutSession } from '../ports/gateway.ts'
import { stripeLocale } from './stripeLocale.ts'

type CreateParams = Stripe.Checkout.SessionCreateParams

/** The names under which our ids travel, on the session and on its payment intent. */
const metadataOf = (request: CheckoutRequest) => ({
  event_id: request.eventId,
  order_id: request.orderId,
  attempt_id: request.attemptId,
})

const addresses = (request: CheckoutRequest): Partial<CreateParams> =>
  request.ui === 'embedded'
    ? { ui_mode: 'embedded_page', return_url: request.successUrl, redirect_on_completion: 'if_required' }
    : { ui_mode: 'hosted_page', success_url: request.successUrl, cancel_url: request.cancelUrl }

/**
 * The body of `checkout.sessions.create`, but for `expires_at`, which the attempt brings.
 * Amounts go through untouched: Stripe counts in the minor unit of each currency, as the kit does.
 */
export const checkoutParams = (request: CheckoutRequest): CreateParams => ({
  mode: 'payment',
  ...addresses(request),
  line_items: request.lines.map(line => ({
    quantity: line.quantity,
    price_data: {
      currency: request.currency.toLowerCase(),
      unit_amount: line.unitAmountMinor,
      product_data: { name: line.name },
    },
  })),
  client_reference_id: request.orderId,
  customer_email: request.buyerEmail,
  locale: stripeLocale(request.locale),
  // Another currency than the order's would not match it; a delayed payment would outlast the hold.
  adaptive_pricing: { enabled: false },
  ...(!request.delayedPayments && { allowed_payment_method_types: ['card'] }),
  metadata: metadataOf(request),
  payment_intent_data: { metadata: metadataOf(request) },
})

const statuses = ['open', 'complete', 'expired'] as const
const paymentStatuses = ['paid', 'unpaid', 'no_payment_required'] as const

const oneOf = <Value extends string>(values: readonly Value[], value: string | null): Value | 'unknown' =>
  values.find(candidate => candidate === value) ?? 'unknown'

const idOf = (reference: string | { id: string } | null): string | null =>
  typeof reference === 'string' ? reference : (reference?.id ?? null)

/** What decides, out of Stripe's session. */
export const toCheckoutSession = (session: Stripe.Checkout.Session): CheckoutSession => ({
  id: session.id,
  status: oneOf(statuses, session.status),
  paymentStatus: oneOf(paymentStatuses, session.payment_status),
  amountTotalMinor: session.amount_total ?? 0,
  currency: (session.currency ?? '').toUpperCase(),
  mode: session.livemode ? 'live' : 'test',
  url: session.url,
  clientSecret: session.client_secret,
  expiresAt: session.expires_at,
  paymentIntentId: idOf(session.payment_intent),
  eventId: session.metadata?.event_id ?? null,
  orderId: session.metadata?.order_id ?? null,
  attemptId: session.metadata?.attempt_id ?? null,
})
