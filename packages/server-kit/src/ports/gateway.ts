import type { CheckoutSession } from './checkoutSession.ts'
import type { GatewayInspection } from './gatewayInspection.ts'
import type { GatewayListing } from './gatewayListing.ts'
import type { GatewayPayment } from './gatewayPayment.ts'
import type { GatewayRefunds } from './gatewayRefunds.ts'
import type { CheckoutAttempt } from './ticketingFunctions.ts'

export type { CheckoutSession } from './checkoutSession.ts'

/** What one checkout sells and where it leads back to, in the kit's own words. */
export interface CheckoutRequest {
  eventId: string
  orderId: string
  attemptId: string
  ui: 'redirect' | 'embedded'
  currency: string
  lines: { name: string; unitAmountMinor: number; quantity: number }[]
  buyerEmail: string
  /** Where a buyer comes back to, order token in the fragment. */
  successUrl: string
  cancelUrl: string
  locale: string | null
  delayedPayments: boolean
}

/** An event as it came, its signature verified. Amounts in it are never trusted: the object is fetched again. */
export interface GatewayEvent {
  id: string
  type: string
  mode: 'live' | 'test'
  /** The account it belongs to where it isn't the kit's own. */
  account: string | null
  /** The id of the object it is about. */
  objectId: string | null
  payload: Record<string, unknown>
}

export interface PaymentGateway extends GatewayListing, GatewayRefunds {
  /** The gateway account, such as `acct_…`; part of every key that must be unique worldwide. */
  readonly account: string
  readonly mode: 'live' | 'test'
  /** For embedded checkout; safe to show. */
  readonly publishableKey: string | null
  /** The body that `createCheckout` will send, but for its end. Pure. */
  checkoutParams(request: CheckoutRequest): Record<string, unknown>
  /** Sends the attempt's stored body under the attempt's id as idempotency key. */
  createCheckout(attempt: CheckoutAttempt): Promise<CheckoutSession>
  getSession(sessionId: string): Promise<CheckoutSession>
  /** Ends the session if it is open; answers what it is afterwards, however the call went. */
  expireSession(sessionId: string): Promise<CheckoutSession>
  getPayment(paymentIntentId: string): Promise<GatewayPayment>
  /** The session of a payment intent, for events that name only the intent; null where there is none. */
  findSession(paymentIntentId: string): Promise<CheckoutSession | null>
  /** Sessions made for an attempt whose answer was lost; looked up by metadata in the attempt's time window. */
  findAttemptSession(attempt: CheckoutAttempt): Promise<CheckoutSession | null>
  /** Its webhook endpoints and its clock, for `venuekit doctor`; left out where a gateway has nothing to tell. */
  inspect?(): Promise<GatewayInspection>
  /** Throws `GatewayError` of kind `bad_signature`, with a message that says how to mend it. */
  parseWebhook(rawBody: string, signature: string | null): Promise<GatewayEvent>
}
