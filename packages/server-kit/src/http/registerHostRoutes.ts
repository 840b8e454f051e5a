import { type HostRouteName, hostRoutes } from '@venuekit/core/contracts'
import type { Context, Hono } from 'hono'
import { ProblemError } from '../services/problemError.ts'
import { receiveMediaWebhook } from '../services/receiveMediaWebhook.ts'
import { receiveWebhook } from '../services/webhooks.ts'
import { requireBearer } from './authorize.ts'
import type { KitEnv } from './kitEnv.ts'
import { limitBody, type RouterOptions } from './registerRoute.ts'

type HostHandler = (c: Context<KitEnv>, options: RouterOptions) => Promise<Response>

const notAvailable = (what: string): ProblemError =>
  new ProblemError('not_found', { title: 'Not available', detail: `This version does not serve ${what}.` })

const hostHandlers: Record<HostRouteName, HostHandler> = {
  async stripeWebhook(c, { context }) {
    const { status } = await receiveWebhook(context, await c.req.text(), c.req.header('stripe-signature') ?? null)
    return c.json({ status })
  },
  async muxWebhook(c, { context }) {
    const status = await receiveMediaWebhook(context, await c.req.text(), c.req.header('mux-signature') ?? null)
    return c.json({ status })
  },
  async runJob(c, { secrets, runJob }) {
    await requireBearer(c, [secrets.jobs], "the jobs' secret")
    const run = await runJob(c.req.param('name') ?? '')
    if (run === null) throw new ProblemError('not_found', { detail: 'No such job.' })
    return c.json(run)
  },
  async metrics(c, { secrets }) {
    await requireBearer(c, [secrets.jobs], "the jobs' secret")
    throw notAvailable('metrics')
  },
  async healthz(c, { context }) {
    const { now } = await context.database.call('venuekit.read_clock', {})
    return c.json({ status: 'ok', now })
  },
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
