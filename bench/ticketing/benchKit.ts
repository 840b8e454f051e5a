import { memoryMessages } from '../../packages/server-kit/src/adapters/memoryMessages.ts'
import { stripeGateway } from '../../packages/server-kit/src/adapters/stripe.ts'
import { createServerKit, type ServerKit } from '../../packages/server-kit/src/createServerKit.ts'
import type { Database } from '../../packages/server-kit/src/ports/database.ts'
import { createHttpCaller, type HttpCaller } from '../../packages/server-kit/src/testing/httpCaller.ts'
import { testSecrets } from '../../packages/server-kit/src/testing/testSecrets.ts'
import { type StripeTwin, startStripeTwin } from '../../packages/server-kit/src/testing/twin/startStripeTwin.ts'
import type { BenchVenue } from './benchShop.ts'

/** The kit on the Stripe twin, in this process. */
export interface BenchKit {
  kit: ServerKit
  twin: StripeTwin
  call: HttpCaller
  /** The webhooks that the twin signed and sent since the last call; the kit saw none of them yet. */
  takeWebhooks(): Promise<Request[]>
  /** Leaves the database open. */
  close(): Promise<void>
}

const complain = (message: string, fields?: Record<string, unknown>): void => console.error(message, fields ?? '')

export const startBenchKit = async (database: Database, venue: BenchVenue): Promise<BenchKit> => {
  const taken: Request[] = []
  const twin = await startStripeTwin({
    webhookUrl: 'http://kit.test/webhooks/stripe',
    async webhookFetch(request) {
      const { url, method, headers } = request
      // A copy: the twin's own request is given up after a while.
      taken.push(new Request(url, { method, headers, body: await request.text() }))
      return new Response(null, { status: 200 })
    },
  })
  const kit = createServerKit({
    database,
    gateway: stripeGateway({
      secretKey: twin.secretKey,
      webhookSecrets: [twin.webhookSecret],
      account: twin.account,
      apiBase: twin.url,
    }),
    messages: memoryMessages(),
    log: { info() {}, warn: complain, error: complain },
    secrets: testSecrets,
    timeZone: 'UTC',
    // One buyer at one address orders everything.
    limits: false,
  })
  return {
    kit,
    twin,
    call: createHttpCaller(kit, venue),
    async takeWebhooks() {
      await twin.control.settled()
      return taken.splice(0)
    },
    async close() {
      await kit.drain()
      await twin.close()
    },
  }
}
