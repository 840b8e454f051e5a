import type Stripe from 'stripe'
import { seconds, type TwinClock } from './clock.ts'
import { signWebhook } from './webhookSignature.ts'

/** Where events go. */
export interface WebhookEndpoint {
  url: string
  /** Each signs; more than one is what a rolled secret looks like. */
  secrets: string[]
  /** `both` sends each event in either form, as an account with two destinations does. */
  payload: 'snapshot' | 'thin' | 'both'
}

export interface DeliveryAttempt {
  /** ISO, by the twin's clock. */
  at: string
  /** Null where no answer came. */
  status: number | null
  error: string | null
}

/** One event on its way to the endpoint. */
export interface Delivery {
  id: string
  event: Stripe.EventBase
  form: 'snapshot' | 'thin'
  payload: string
  state: 'waiting' | 'held' | 'sending' | 'delivered' | 'dropped' | 'given_up'
  /** Milliseconds, by the twin's clock. */
  dueAt: number
  attempts: DeliveryAttempt[]
}

/** How a delivery leaves: the network, or a listener in the same process. */
export type DeliveryFetch = (request: Request) => Promise<Response>

const describe = (error: unknown): string => {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return cause instanceof Error ? cause.message : String(cause)
}

/** Tries once and tells how it went; never throws. */
export const sendDelivery = async (
  delivery: Delivery,
  endpoint: WebhookEndpoint,
  options: { clock: TwinClock; fetch: DeliveryFetch; timeoutMs: number },
): Promise<DeliveryAttempt> => {
  const at = new Date(options.clock.now()).toISOString()
  try {
    const request = new Request(endpoint.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'stripe-signature': signWebhook(delivery.payload, endpoint.secrets, seconds(options.clock)),
      },
      body: delivery.payload,
      redirect: 'manual',
      signal: AbortSignal.timeout(options.timeoutMs),
    })
    const response = await options.fetch(request)
    await response.body?.cancel()
    return { at, status: response.status, error: null }
  } catch (error) {
    return { at, status: null, error: describe(error) }
  }
}
