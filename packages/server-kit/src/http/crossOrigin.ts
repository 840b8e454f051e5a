import { challengeHeader, headers } from '@venuekit/core/contracts'
import { cors } from 'hono/cors'

/**
 * Which page may read an answer is decided by the key, in the same request: an origin that the key does not allow
 * gets a refusal and nothing else. So the origin is echoed always: a preflight carries no key to decide by, and a
 * refusal that the page cannot read would leave its developer with "Failed to fetch". No cookies, no credentials.
 */
export const crossOrigin = () =>
  cors({
    origin: origin => origin,
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    allowHeaders: ['Authorization', 'Content-Type', 'Last-Event-ID', challengeHeader, ...Object.values(headers)],
    exposeHeaders: ['ETag', 'Retry-After', headers.requestId],
    maxAge: 7200,
  })
