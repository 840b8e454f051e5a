import type { HttpAnswer } from './httpCaller.ts'
import type { TestKit } from './startTestKit.ts'
import { signWebhook } from './twin/webhookSignature.ts'

/** An event as the twin's API shows it. */
export interface TwinEvent {
  id: string
  type: string
  data: { object: { id: string; payment_intent?: string | null } }
}

/** Stands between the twin and the kit: the events of a payment, to be delivered when and as often as a test likes. */
export interface WebhookPost {
  /** What happened at the gateway since the last call, oldest first; nothing of it was delivered. */
  collect(work: () => void): Promise<TwinEvent[]>
  /** Delivers it, signed now. */
  deliver(event: object): Promise<HttpAnswer>
}

/** Takes the twin's webhooks over. */
export const openWebhookPost = ({ twin, call }: Pick<TestKit, 'twin' | 'call'>): WebhookPost => {
  twin.control.setWebhook({ url: null })
  const read = async (): Promise<TwinEvent[]> => {
    const answer = await fetch(`${twin.url}/v1/events?limit=100`, {
      headers: { authorization: `Bearer ${twin.secretKey}` },
    })
    return ((await answer.json()) as { data: TwinEvent[] }).data
  }
  return {
    async collect(work) {
      const seen = new Set((await read()).map(({ id }) => id))
      work()
      return (await read()).filter(({ id }) => !seen.has(id)).reverse()
    },
    deliver(event) {
      const rawBody = JSON.stringify(event)
      const now = Math.floor(Date.parse(twin.control.clock().now) / 1000)
      const headers = { 'stripe-signature': signWebhook(rawBody, [twin.webhookSecret], now) }
      return call('POST', '/webhooks/stripe', { key: null, origin: null, rawBody, headers })
    },
  }
}
