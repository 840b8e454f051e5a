import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type HttpBindings, serve } from '@hono/node-server'
import { Hono } from 'hono'
import { accountOperations } from './accounts.ts'
import { type ApiEnvironment, handleApiRequest } from './apiRequest.ts'
import { balanceTransactionOperations } from './balanceTransactions.ts'
import { chargeOperations } from './charges.ts'
import { expireOverdue } from './checkout.ts'
import { createTwinClock, type TwinClock } from './clock.ts'
import { controlApp } from './control.ts'
import type { DeliveryFetch } from './delivery.ts'
import { disputeOperations } from './disputes.ts'
import { embeddedPageApp } from './embeddedPage.ts'
import { eventOperations } from './events.ts'
import { createFaults, type Faults, refundFaults } from './faults.ts'
import { createIdempotencyKeys } from './idempotency.ts'
import type { Operation } from './operation.ts'
import { paymentIntentOperations } from './paymentIntents.ts'
import { paymentMethodOperations } from './paymentMethods.ts'
import { payPageApp } from './payPage.ts'
import { type RefundEnd, refundOperations } from './refunds.ts'
import { createRequestLog } from './requestLog.ts'
import { sessionOperations } from './sessions.ts'
import { createState, type DelayedMethods } from './state.ts'
import { TwinControl } from './twinControl.ts'
import { webhookEndpointOperations } from './webhookEndpoints.ts'
import { Webhooks } from './webhooks.ts'

export interface StripeTwinOptions {
  /** 0, the default, takes a free one. */
  port?: number
  hostname?: string
  secretKey?: string
  /** Where events go; may be set later by `control.setWebhook`. */
  webhookUrl?: string
  webhookSecret?: string
  webhookPayload?: 'snapshot' | 'thin' | 'both'
  /** Delivers events without the network, such as `request => kit.fetch(request)`. */
  webhookFetch?: DeliveryFetch
  /** Waits between tries of a delivery, in milliseconds of the twin's clock. */
  retryDelaysMs?: readonly number[]
  webhookTimeoutMs?: number
  clock?: TwinClock
  account?: string
  delayedMethods?: DelayedMethods
}

/** A running twin of Stripe. */
export interface StripeTwin {
  /** For browsers and for `apiBase`, such as `http://127.0.0.1:4001`. */
  url: string
  port: number
  account: string
  secretKey: string
  publishableKey: string
  webhookSecret: string
  /** The time of sessions, keys and signatures: whoever checks a signature reads it too, once it was advanced. */
  clock: TwinClock
  /** What buyers, banks, dashboards and bad luck do. */
  control: TwinControl
  /** Finishes what is due, then frees the port. */
  close(): Promise<void>
}

const minute = 60_000
const defaultRetries = [1000, 5000, 30_000, 5 * minute, 30 * minute, 120 * minute, 300 * minute, 600 * minute]

const operations = (nextRefund: () => RefundEnd): Operation[] => [
  ...sessionOperations,
  ...paymentIntentOperations,
  ...paymentMethodOperations,
  ...chargeOperations,
  ...refundOperations(nextRefund),
  ...disputeOperations,
  ...eventOperations,
  ...balanceTransactionOperations,
  ...accountOperations,
  ...webhookEndpointOperations,
]

const refundEnds = { refund_pending: 'pending', refund_fails: 'failed' } as const

const nextRefund = (faults: Faults) => (): RefundEnd => {
  const fault = faults.take(refundFaults, {})
  return fault ? refundEnds[fault.kind] : 'succeeded'
}

const apiApp = (environment: ApiEnvironment) => {
  const app = new Hono<{ Bindings: HttpBindings }>()
  for (const operation of operations(nextRefund(environment.faults))) {
    app.on(operation.method, operation.path, context => handleApiRequest(environment, context, operation))
  }
  for (const path of ['/v1/*', '/v2/*']) app.all(path, context => handleApiRequest(environment, context, null))
  return app
}

type Listening = { server: Server; port: number }

/** Rejects with one clear line where the port is taken. */
const listen = (fetch: Hono<{ Bindings: HttpBindings }>['fetch'], port: number, hostname: string) =>
  new Promise<Listening>((resolve, reject) => {
    const server = serve({ fetch: (request, env) => fetch(request, env as HttpBindings), port, hostname }, info =>
      resolve({ server: server as Server, port: (info as AddressInfo).port }),
    )
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE' ? 'something else listens there; free it or choose another port' : error.message
      reject(new Error(`The Stripe twin cannot listen on ${hostname}:${port}: ${reason}.`, { cause: error }))
    })
  })

const stop = (server: Server) =>
  new Promise<void>(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/**
 * Starts a local Stripe: its API for the real SDK, its pay page for people, its webhooks, and under `/_twin/` what
 * else can happen. Everything lives in memory and ends with it.
 *
 * @example
 * const twin = await startStripeTwin({ webhookUrl: 'http://127.0.0.1:4000/webhooks/stripe' })
 * const gateway = await createStripeGateway({ secretKey: twin.secretKey, webhookSecrets: [twin.webhookSecret], apiBase: twin.url })
 */
export const startStripeTwin = async (options: StripeTwinOptions = {}): Promise<StripeTwin> => {
  const { port = 0, hostname = '127.0.0.1', clock = createTwinClock() } = options
  const { secretKey = 'sk_test_twin', webhookSecret = 'whsec_twin', account = 'acct_1TwinOfVenueKit0' } = options
  const faults = createFaults()
  const webhooks = new Webhooks({
    clock,
    faults,
    endpoint: null,
    retryDelaysMs: options.retryDelaysMs ?? defaultRetries,
    timeoutMs: options.webhookTimeoutMs ?? 10_000,
    fetch: options.webhookFetch ?? fetch,
  })
  const app = new Hono<{ Bindings: HttpBindings }>()
  const listening = await listen(app.fetch, port, hostname)
  const url = `http://${hostname}:${listening.port}`
  const state = createState({
    account,
    baseUrl: url,
    clock,
    delayedMethods: options.delayedMethods ?? { eur: 'sepa_debit', usd: 'us_bank_account' },
    onEvent: event => webhooks.enqueue(event),
    webhookEndpoints: () => webhooks.listed(),
  })
  const keys = createIdempotencyKeys(clock)
  const log = createRequestLog(clock)
  const control = new TwinControl({ state, faults, keys, log, webhooks, webhookSecret })
  if (options.webhookUrl) control.setWebhook({ url: options.webhookUrl, payload: options.webhookPayload })
  // A shared clock may have been advanced by others: whatever fell due meanwhile is found here.
  const tick = () => {
    expireOverdue(state)
    webhooks.wake()
  }
  app.onError((error, context) =>
    context.json({ error: { type: 'api_error', message: `The twin broke: ${error.message}` } }, 500),
  )
  app.route('/', controlApp(control))
  app.route('/', payPageApp(state))
  app.route('/', embeddedPageApp(state))
  app.route('/', apiApp({ state, secretKey, faults, keys, log, tick }))
  const ticker = setInterval(tick, 1000).unref()
  return {
    url,
    port: listening.port,
    account,
    secretKey,
    publishableKey: secretKey.replace(/^sk_/, 'pk_'),
    webhookSecret,
    clock,
    control,
    async close() {
      clearInterval(ticker)
      await webhooks.close()
      await stop(listening.server)
    },
  }
}
