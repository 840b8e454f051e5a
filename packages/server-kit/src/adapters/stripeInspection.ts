import Stripe from 'stripe'
import type { GatewayInspection } from '../ports/gatewayInspection.ts'
import { toGatewayError } from './stripeError.ts'

interface Listed {
  endpoints: Stripe.WebhookEndpoint[] | null
  date: string | undefined
}

/** A restricted key may not list endpoints; the refusal tells the time as well. */
const list = async (stripe: Stripe): Promise<Listed> => {
  try {
    const page = await stripe.webhookEndpoints.list({ limit: 100 })
    return { endpoints: page.data, date: page.lastResponse.headers.date }
  } catch (error) {
    if (error instanceof Stripe.errors.StripePermissionError) return { endpoints: null, date: error.headers?.date }
    throw toGatewayError(error, 'listing the webhook endpoints')
  }
}

/** The header tells whole seconds: on average it is half a second later. */
const skewOf = (date: string | undefined, asked: number, answered: number): number | null => {
  const told = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(told) ? null : Math.round(told + 500 - (asked + answered) / 2)
}

/** What Stripe tells about the account's webhooks, and its time. */
export const stripeInspection =
  (stripe: Stripe, { apiVersion, webhookSecrets }: { apiVersion: string; webhookSecrets: readonly string[] }) =>
  async (): Promise<GatewayInspection> => {
    const asked = Date.now()
    const { endpoints, date } = await list(stripe)
    return {
      clockSkewMs: skewOf(date, asked, Date.now()),
      apiVersion,
      webhookSecrets: webhookSecrets.length,
      endpoints:
        endpoints?.map(endpoint => ({
          url: endpoint.url,
          enabled: endpoint.status === 'enabled',
          mode: endpoint.livemode ? 'live' : 'test',
          events: endpoint.enabled_events,
          apiVersion: endpoint.api_version,
        })) ?? null,
    }
  }
