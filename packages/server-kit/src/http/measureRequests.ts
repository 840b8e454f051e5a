import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Measurements } from '../metrics/Measurements.ts'
import type { KitEnv } from './kitEnv.ts'

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])

/** Counts and times every answer, by the pattern of its route: never by an address, which anybody may make up. */
export const measureRequests =
  (measurements: Measurements, basePath: string): MiddlewareHandler<KitEnv> =>
  async (c, next) => {
    const begun = performance.now()
    await next()
    const pattern = routePath(c, -1)
    const matched = pattern.startsWith(basePath) ? pattern.slice(basePath.length) : pattern
    const route = matched === '*' || matched === '/*' || matched === '' ? 'unmatched' : matched
    const method = methods.has(c.req.method) ? c.req.method : 'other'
    measurements.count('requests', { route, method, status: String(c.res.status) })
    measurements.observe('requestSeconds', { route, method }, (performance.now() - begun) / 1000)
  }
