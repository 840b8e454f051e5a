import { headers, type RouteName } from '@venuekit/core/contracts'
import type { Context } from 'hono'

/**
 * A page asks again each time and mostly gets a 304; a shared cache shields the database for two seconds.
 * `Origin` is added to `Vary` by the CORS middleware.
 */
const shared = 'public, max-age=0, s-maxage=2, must-revalidate'

const sharedReads: readonly string[] = ['listEvents', 'getEvent', 'getFeed', 'listPosts'] satisfies RouteName[]

const isShared = (name: string, c: Context): boolean =>
  sharedReads.includes(name) && (c.req.method === 'GET' || c.req.method === 'HEAD')

/** Answers about orders are never stored; what a viewer sees is stored for nobody else. */
export const setCaching = (name: string, c: Context): void => {
  if (!isShared(name, c)) {
    c.header('cache-control', 'no-store')
    return
  }
  c.header('cache-control', c.req.header('authorization') === undefined ? shared : 'private, no-cache')
  c.header('vary', `${headers.publishableKey}, Authorization`, { append: true })
}
