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
  /** With real Stripe, its own command forwards them. */
  sendWebhooksTo(apiUrl: string): void
  stop(): Promise<void>
}

/** Real Stripe, in test mode. */
export const connectStripe = async ({
  secretKey,
  webhookSecret,
  publishableKey,
}: StripeChoice): Promise<DemoGateway> => {
  try {
    const gateway = await createStripeGateway({
      secretKey,
      webhookSecrets: [webhookSecret],
      ...(publishableKey && { publishableKey }),
    })
    return { gateway, twinUrl: null, sendWebhooksTo: () => {}, stop: async () => {} }
  } catch (error) {
    throw new DemoError(`Stripe refused STRIPE_SECRET_KEY: ${error instanceof Error ? error.message : error}`)
  }
}

/** What the twin takes; it opens nothing else. */
export const twinKeys = { secretKey: 'sk_test_twin', publishableKey: 'pk_test_twin' } as const

/** The twin, which sends its webhooks to the API as Stripe would, once `sendWebhooksTo` has said where that is. */
export const startTwin = async (port: number, webhookSecret: string): Promise<DemoGateway> => {
  const twin = await startStripeTwin({ port, webhookSecret, secretKey: twinKeys.secretKey })
  const { url } = twin
  const gateway = await createStripeGateway({
    ...twinKeys,
    webhookSecrets: [webhookSecret],
    apiBase: url,
  })
  return {
    gateway: withForgottenSessions(gateway),
    twinUrl: url,
    sendWebhooksTo: apiUrl => twin.control.setWebhook({ url: `${apiUrl}/webhooks/stripe` }),
    stop: () => twin.close(),
  }
}
