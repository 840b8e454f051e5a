import type Stripe from 'stripe'
import { seconds, type TwinClock } from './clock.ts'
import type { EndpointSettings } from './endpointSettings.ts'
import { createId } from './ids.ts'

export const apiVersion = '2026-10-28.endive'

/** A checkout session with what Stripe keeps beside it. */
export interface SessionRecord {
  session: Stripe.Checkout.Session
  lineItems: Stripe.LineItem[]
  intentData: {
    description: string | null
    metadata: Record<string, string>
    receiptEmail: string | null
    statementDescriptor: string | null
    statementDescriptorSuffix: string | null
    transferGroup: string | null
  }
}

/** Methods offered beside cards that are paid in days rather than at once, by currency. */
export type DelayedMethods = Readonly<Record<string, 'sepa_debit' | 'us_bank_account'>>

/** Which API call, if any, an event came from. */
interface EventCause {
  requestId: string | null
  idempotencyKey: string | null
}

export interface TwinState {
  readonly account: string
  /** Where the twin listens; pay pages and receipts hang from it. */
  readonly baseUrl: string
  readonly clock: TwinClock
  readonly delayedMethods: DelayedMethods
  readonly sessions: Map<string, SessionRecord>
  /** Those of them that can still be paid: the only ones that run out. */
  readonly openSessions: Map<string, SessionRecord>
  readonly paymentIntents: Map<string, Stripe.PaymentIntent>
  readonly paymentMethods: Map<string, Stripe.PaymentMethod>
  readonly charges: Map<string, Stripe.Charge>
  readonly refunds: Map<string, Stripe.Refund>
  readonly disputes: Map<string, Stripe.Dispute>
  readonly balanceTransactions: Map<string, Stripe.BalanceTransaction>
  readonly products: Map<string, Stripe.Product>
  readonly events: Map<string, Stripe.EventBase>
  readonly onEvent: (event: Stripe.EventBase) => void
  /** Where events are sent, as the account's settings have it. */
  readonly webhookEndpoints: () => EndpointSettings[]
  /** Set while an API call runs, so that its events can name it. */
  cause: EventCause | null
}

export const createState = (
  options: Pick<TwinState, 'account' | 'baseUrl' | 'clock' | 'delayedMethods' | 'onEvent' | 'webhookEndpoints'>,
): TwinState => ({
  ...options,
  sessions: new Map(),
  openSessions: new Map(),
  paymentIntents: new Map(),
  paymentMethods: new Map(),
  charges: new Map(),
  refunds: new Map(),
  disputes: new Map(),
  balanceTransactions: new Map(),
  products: new Map(),
  events: new Map(),
  cause: null,
})

/** Forgets every object; the account, the clock and the listeners stay. */
export const clearState = (state: TwinState): void => {
  for (const value of Object.values(state)) if (value instanceof Map) value.clear()
}

/** Records what happened, with the object as it is now, and tells the webhooks. */
export const emit = (state: TwinState, type: Stripe.Event.Type, object: object, previous?: object): void => {
  const event: Stripe.EventBase = {
    id: createId('evt'),
    object: 'event',
    api_version: apiVersion,
    created: seconds(state.clock),
    data: { object: structuredClone(object), ...(previous && { previous_attributes: previous }) },
    livemode: false,
    pending_webhooks: 0,
    request: {
      id: state.cause?.requestId ?? null,
      idempotency_key: state.cause?.idempotencyKey ?? null,
    },
    type,
  }
  state.events.set(event.id, event)
  state.onEvent(event)
}
