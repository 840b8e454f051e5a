import Stripe from 'stripe'
import { onTestFinished } from 'vitest'
import { type StripeTwin, type StripeTwinOptions, startStripeTwin } from '../src/testing/twin/startStripeTwin.ts'

/** A webhook as the listener of a test got it. */
export interface Received {
  body: string
  signature: string
  event: Stripe.EventBase
}

/** A twin, the real SDK on it, and what its webhooks brought. Closed when the test ends. */
export const twinWithSdk = async (
  options: StripeTwinOptions = {},
  { retries = 0, answer = () => 200 }: { retries?: number; answer?: (received: Received) => number } = {},
): Promise<{ twin: StripeTwin; stripe: Stripe; received: Received[] }> => {
  const received: Received[] = []
  const twin = await startStripeTwin({
    webhookUrl: 'http://listener.test/webhooks/stripe',
    webhookFetch: async request => {
      const body = await request.text()
      const event = JSON.parse(body) as Stripe.EventBase
      const delivery = { body, signature: request.headers.get('stripe-signature') ?? '', event }
      received.push(delivery)
      return new Response(null, { status: answer(delivery) })
    },
    ...options,
  })
  onTestFinished(() => twin.close())
  return { twin, stripe: sdkFor(twin, retries), received }
}

/** The real SDK, pointed at the twin. */
export const sdkFor = (twin: StripeTwin, retries = 0, timeout = 30_000): Stripe =>
  new Stripe(twin.secretKey, {
    host: '127.0.0.1',
    port: twin.port,
    protocol: 'http',
    maxNetworkRetries: retries,
    timeout,
    telemetry: false,
  })

/** The least that makes a session of 2 × 15.00 USD. */
export const sessionParams = (
  change: Stripe.Checkout.SessionCreateParams = {},
): Stripe.Checkout.SessionCreateParams => ({
  mode: 'payment',
  success_url: 'https://venue.test/gig?session={CHECKOUT_SESSION_ID}#venuekit-order=token',
  cancel_url: 'https://venue.test/gig#cancelled',
  customer_email: 'ada@example.com',
  metadata: { order_id: 'order-1' },
  payment_intent_data: { metadata: { order_id: 'order-1' } },
  line_items: [{ quantity: 2, price_data: { currency: 'usd', unit_amount: 1500, product_data: { name: 'Standing' } } }],
  ...change,
})

/** The error that a call must end in. */
export const errorOf = async (call: Promise<unknown>): Promise<Stripe.errors.StripeError> => {
  const error = await call.then(
    () => new Error('The call went through.'),
    (failure: unknown) => failure,
  )
  if (error instanceof Stripe.errors.StripeError) return error
  throw error
}
