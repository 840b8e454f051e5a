import { type HostRouteName, hostRoutes } from '@venuekit/core/contracts'
import type { Context, Hono } from 'hono'
import { metricsContentType } from '../metrics/MetricsPage.ts'
import { ProblemError } from '../services/problemError.ts'
import { readReadiness } from '../services/readiness.ts'
import { receiveMediaWebhook } from '../services/receiveMediaWebhook.ts'
import { receiveWebhook } from '../services/webhooks.ts'
import { requireBearer } from './authorize.ts'
import type { KitEnv } from './kitEnv.ts'
import { readText } from './readText.ts'
import { limitBody, type RouterOptions } from './registerRoute.ts'

type HostHandler = (c: Context<KitEnv>, options: RouterOptions) => Promise<Response>

/** What a delivery that was not taken came to. */
const outcomeOf = (error: unknown): string => {
  const code = error instanceof ProblemError ? error.code : null
  if (code === 'invalid_request') return 'refused'
  return code === 'busy' ? 'pending' : 'failed'
}

/** Seconds since the gateway made the event; null where it does not say. */
const ageOf = (rawBody: string): number | null => {
  const { created } = JSON.parse(rawBody) as { created?: unknown }
  return typeof created === 'number' ? Math.max(0, Date.now() / 1000 - created) : null
}

/** Counts a delivery by what became of it. */
const measured = async <Status extends string>(
  { measurements }: RouterOptions,
  gateway: string,
  work: () => Promise<Status>,
): Promise<Status> => {
  try {
    const outcome = await work()
    measurements.count('webhooks', { gateway, outcome })
    return outcome
  } catch (error) {
    measurements.count('webhooks', { gateway, outcome: outcomeOf(error) })
    throw error
  }
}

const showReadiness: HostHandler = async (c, { context, isDraining }) => {
  const readiness = await readReadiness(context, isDraining())
  return c.json(readiness, readiness.ready ? 200 : 503)
}

const hostHandlers: Record<HostRouteName, HostHandler> = {
  async stripeWebhook(c, options) {
    const body = await readText(c)
    const signature = c.req.header('stripe-signature') ?? null
    const status = await measured(options, 'stripe', async () => {
      return (await receiveWebhook(options.context, body, signature)).status
    })
    const age = ageOf(body)
    if (age !== null) options.measurements.observe('webhookLag', { gateway: 'stripe' }, age)
    return c.json({ status })
  },
  async muxWebhook(c, options) {
    const body = await readText(c)
    const signature = c.req.header('mux-signature') ?? null
    const status = await measured(options, 'mux', () => receiveMediaWebhook(options.context, body, signature))
    return c.json({ status })
  },
  async runJob(c, { secrets, runJob }) {
    await requireBearer(c, [secrets.jobs], "the jobs' secret")
    const run = await runJob(c.req.param('name') ?? '')
    if (run === null) throw new ProblemError('not_found', { detail: 'No such job.' })
    return c.json(run)
  },
  async metrics(c, { secrets, metricsPage }) {
    await requireBearer(c, [secrets.jobs], "the jobs' secret")
    return c.body(await metricsPage.write(), 200, { 'content-type': metricsContentType })
  },
  // Alive is who answers: a database that is away is not mended by starting this process anew.
  healthz: (c, options) =>
    c.req.query('ready') === undefined ? Promise.resolve(c.json({ status: 'ok' })) : showReadiness(c, options),
  readyz: showReadiness,
}

/** Stripe's largest events carry whole objects. */
const maximumBodyBytes = 1_048_576

/** The routes of gateways, schedulers and monitors. */
export const registerHostRoutes = (app: Hono<KitEnv>, options: RouterOptions): void => {
  for (const [name, route] of Object.entries(hostRoutes)) {
    app.on(route.method, route.path, limitBody(maximumBodyBytes), async c => {
      const answer = await hostHandlers[name as HostRouteName](c, options)
      answer.headers.set('cache-control', 'no-store')
      return answer
    })
  }
}
