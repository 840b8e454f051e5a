import { adminEndpoints, adminRoutes, type Endpoint, endpoints, type Route, routes } from '@venuekit/core/contracts'
import { Hono, type MiddlewareHandler } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import type { AssetSource } from '../ports/assets.ts'
import type { Log } from '../ports/log.ts'
import { ProblemError } from '../services/problemError.ts'
import { adminHandlers } from './adminHandlers.ts'
import { crossOrigin } from './crossOrigin.ts'
import type { KitEnv } from './kitEnv.ts'
import { measureRequests } from './measureRequests.ts'
import { operationsHeaders } from './operations/operationsHeaders.ts'
import { registerOperations } from './operations/registerOperations.ts'
import { problemAnswer, toProblemError } from './problemAnswer.ts'
import { registerEmbed } from './registerEmbed.ts'
import { registerHostRoutes } from './registerHostRoutes.ts'
import { registerMedia } from './registerMedia.ts'
import { type AnyHandler, type RouterOptions, registerRoute } from './registerRoute.ts'
import { routeHandlers } from './routeHandlers.ts'

export interface AppOptions extends RouterOptions {
  /** Such as `/venuekit`; empty at the root. */
  basePath: string
  assets: AssetSource | null
}

/**
 * Files and answers are for pages of other origins, but for the operations page; whether to force https is the host's
 * own affair.
 */
const safeHeaders = (basePath: string): MiddlewareHandler => {
  const forAll = secureHeaders({
    crossOriginResourcePolicy: 'cross-origin',
    strictTransportSecurity: false,
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  })
  const forOperations = operationsHeaders()
  const page = `${basePath}/ops`
  return (c, next) => {
    const ofPage = c.req.path === page || c.req.path.startsWith(`${page}/`)
    return ofPage ? forOperations(c, next) : forAll(c, next)
  }
}

const logFailure = (log: Log, error: unknown, problem: ProblemError, about: Record<string, unknown>): void => {
  if (error instanceof ProblemError) return
  const known = problem.code !== 'internal'
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error)
  log[known ? 'warn' : 'error']('a request failed', {
    ...about,
    code: problem.code,
    error: known ? String(error) : cause,
  })
}

const registerTable = (
  app: Hono<KitEnv>,
  options: RouterOptions,
  table: Readonly<Record<string, Route>>,
  schemas: Readonly<Record<string, Endpoint>>,
  handlers: object,
): void => {
  const byName = handlers as Readonly<Record<string, AnyHandler>>
  for (const [name, route] of Object.entries(table)) {
    const endpoint = schemas[name]
    const handler = byName[name]
    if (!endpoint || !handler) throw new Error(`route ${name} has no endpoint or no handler`)
    registerRoute(app, options, { name, route, endpoint, handler })
  }
}

/** The whole API, made from the contract's tables. */
export const createApp = (options: AppOptions): Hono<KitEnv> => {
  const root = new Hono<KitEnv>()
  root.notFound(c => problemAnswer(new ProblemError('not_found', { detail: 'No such path.' }), c.get('requestId')))
  root.onError((error, c) => {
    const problem = toProblemError(error)
    logFailure(options.context.log, error, problem, { requestId: c.get('requestId'), method: c.req.method })
    return problemAnswer(problem, c.get('requestId'))
  })
  root.use('*', measureRequests(options.measurements, options.basePath))
  root.use('*', requestId(), safeHeaders(options.basePath))
  const app = root.basePath(options.basePath || '/')
  app.use(
    '*',
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const detail = `This path takes ${methods.join(', ')}.`
        const problem = new ProblemError('invalid_request', { title: 'Method not allowed', status: 405, detail })
        const answer = problemAnswer(problem, c.get('requestId'))
        answer.headers.set('allow', methods.join(', '))
        return answer
      },
    }),
  )
  const forPages = crossOrigin()
  const adminPath = `${options.basePath}/v1/admin/`
  app.use('/v1/*', (c, next) => (c.req.path.startsWith(adminPath) ? next() : forPages(c, next)))
  registerTable(app, options, routes, endpoints, routeHandlers)
  registerTable(app, options, adminRoutes, adminEndpoints, adminHandlers)
  registerHostRoutes(app, options)
  registerMedia(app, options.context)
  registerOperations(app, options, options.assets)
  if (options.assets) registerEmbed(app, options.assets)
  return app
}
