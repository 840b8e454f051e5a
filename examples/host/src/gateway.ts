import type { PaymentGateway } from '@venuekit/server-kit'
import { createStripeGateway } from '@venuekit/server-kit/stripe'
import { startStripeTwin } from '@venuekit/server-kit/testing'
import { DemoError } from './demoError.ts'
import { withForgottenSessions } from './forgottenSessions.ts'
import type { StripeChoice } from './options.ts'

export interface DemoGateway {
  gateway: PaymentGateway
  /** Null with real Stripe. */
  twinUrl: string | null
  stop(): Promise<void>
}

/** Real Stripe, in test mode. */
export const connectStripe = async ({ secretKey, webhookSecret }: StripeChoice): Promise<DemoGateway> => {
  try {
    const gateway = await createStripeGateway({ secretKey, webhookSecrets: [webhookSecret] })
    return { gateway, twinUrl: null, stop: async () => {} }
  } catch (error) {
    throw new DemoError(`Stripe refused STRIPE_SECRET_KEY: ${error instanceof Error ? error.message : error}`)
  }
}

/** The twin, which sends its webhooks to the API as Stripe would. */
export const startTwin = async (port: number, apiUrl: string, webhookSecret: string): Promise<DemoGateway> => {
  const twin = await startStripeTwin({ port, webhookUrl: `${apiUrl}/webhooks/stripe`, webhookSecret })
  const gateway = await createStripeGateway({
    secretKey: twin.secretKey,
    webhookSecrets: [webhookSecret],
    apiBase: twin.url,
  })
  return { gateway: withForgottenSessions(gateway), twinUrl: twin.url, stop: () => twin.close() }
}
