import type { AdminRouteName } from '@venuekit/core/contracts'
import type { Context } from 'hono'
import { shortDigest } from '../services/shortDigest.ts'

const watched: readonly string[] = [
  'getOperations',
  'listOperationsEvents',
  'getOperationsEvent',
  'getSales',
] satisfies AdminRouteName[]

/** Whether the route is asked again and again by somebody who looks on. */
export const isWatched = (name: string): boolean => watched.includes(name)

/** 304 where nothing but the time has changed since the asker's last answer. */
export const answerUnchanged = async (c: Context, answer: object): Promise<Response> => {
  const { serverNow: _, ...lasting } = answer as { serverNow?: string }
  const etag = `W/"${await shortDigest(JSON.stringify(lasting))}"`
  c.header('etag', etag)
  return c.req.header('if-none-match') === etag ? c.body(null, 304) : c.json(answer)
}
