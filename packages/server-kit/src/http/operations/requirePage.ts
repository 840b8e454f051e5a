import type { Context } from 'hono'
import { ProblemError } from '../../services/problemError.ts'

/** No form and no image of another site can send it, and no script of another origin may: nobody answers a preflight. */
const pageHeader = 'venuekit-page'

/** Throws `forbidden` unless the operations page itself is asking. */
export const requirePage = (c: Context): void => {
  const site = c.req.header('sec-fetch-site')
  if (c.req.header(pageHeader) === 'operations' && (site === undefined || site === 'same-origin')) return
  throw new ProblemError('forbidden', {
    detail: 'Only the operations page itself may ask here; use /v1/admin with a secret key.',
  })
}
