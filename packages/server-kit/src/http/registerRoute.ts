import { type Endpoint, headers, type Route } from '@venuekit/core/contracts'
import type { Context, Hono, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { JobRun } from '../jobs/runJob.ts'
import type { Measurements } from '../metrics/Measurements.ts'
import type { MetricsPage } from '../metrics/MetricsPage.ts'
import type { KitContext } from '../services/kitContext.ts'
import { ProblemError } from '../services/problemError.ts'
import { answerUnchanged, isWatched } from './answerUnchanged.ts'
import { authorize, type HostSecrets } from './authorize.ts'
import { setCaching } from './caching.ts'
import type { Call, CallByAuth } from './call.ts'
import { clientAddress } from './clientAddress.ts'
import type { KitEnv } from './kitEnv.ts'
import { type Input, parseInput } from './parseInput.ts'
import { readEtag } from './readEtag.ts'
import { brokenBody } from './readText.ts'

export interface RouterOptions {
  context: KitContext
  secrets: HostSecrets
  trustedProxyHops: number
  /** Runs the job if it is due; null for a job that does not exist. */
  runJob: (name: string) => Promise<JobRun | null>
  /** What this process counts. */
  measurements: Measurements
  metricsPage: MetricsPage
  /** True once this node is told to end. */
  isDraining: () => boolean
}

/** A handler of the tables, its types forgotten: the tables have checked them. */
export type AnyHandler = (input: Input, call: CallByAuth[Route['auth']]) => Promise<unknown>

export interface NamedRoute {
  name: string
  route: Route
  endpoint: Endpoint
  handler: AnyHandler
  /** How the caller proves who he is, where it is not by what the route's `auth` says. */
  prove?: (c: Context, call: Call) => Promise<CallByAuth[Route['auth']]>
}

const maximumBodyBytes: Record<Route['auth'], number> = {
  key: 65_536,
  viewer: 65_536,
  order: 65_536,
  secret: 1_048_576,
  scanner: 262_144,
}

export const limitBody = (maxSize: number): MiddlewareHandler => {
  const limit = bodyLimit({
    maxSize,
    onError: () => {
      throw new ProblemError('payload_too_large', { detail: `At most ${maxSize} bytes.` })
    },
  })
  return async (c, next) => {
    let isRead = false
    const go = () => {
      isRead = true
      return next()
    }
    try {
      return await limit(c, go)
    } catch (error) {
      // It reads itself what comes without a length.
      throw isRead || error instanceof ProblemError ? error : brokenBody(error)
    }
  }
}

const isPublicRead = ({ route, endpoint }: NamedRoute): boolean =>
  route.method === 'GET' && route.auth === 'key' && endpoint.response !== 'stream'

const readIdempotencyKey = (c: Context, route: Route): string => {
  if (!route.idempotencyKey) return ''
  const key = c.req.header(headers.idempotencyKey) ?? ''
  if (/^[\x21-\x7e]{8,200}$/.test(key)) return key
  throw new ProblemError('invalid_request', {
    fields: { [headers.idempotencyKey]: 'send this header: 8 to 200 visible ASCII characters, new for each order' },
  })
}

/** One route of the tables: who calls, what he sends, what is done, how it is answered. */
export const registerRoute = (app: Hono<KitEnv>, options: RouterOptions, named: NamedRoute): void => {
  const { name, route, endpoint, handler, prove = (c, call) => authorize[route.auth](c, call, options.secrets) } = named
  if (isPublicRead(named)) app.get(route.path, readEtag())
  app.on(route.method, route.path, limitBody(maximumBodyBytes[route.auth]), async c => {
    const call = await prove(c, readCall(c, options))
    const idempotencyKey = readIdempotencyKey(c, route)
    const answer = await handler(await parseInput(c, endpoint), { ...call, idempotencyKey })
    setCaching(name, c)
    if (answer instanceof ReadableStream) return streamAnswer(c, answer)
    if (isWatched(name) && typeof answer === 'object' && answer) return answerUnchanged(c, answer)
    return answer === undefined ? c.body(null, 204) : c.json(answer)
  })
}

/** Proxies that collect an answer before they pass it on are asked not to. */
const streamAnswer = (c: Context<KitEnv>, body: ReadableStream<Uint8Array>): Response =>
  c.body(body, 200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })

/** What is known of a call before anybody has proved anything. */
export const readCall = (c: Context<KitEnv>, { context, trustedProxyHops }: RouterOptions): Call => ({
  context,
  request: c.req.raw,
  clientAddress: clientAddress(c.req.raw, c.env?.clientAddress ?? null, trustedProxyHops),
  idempotencyKey: '',
})
