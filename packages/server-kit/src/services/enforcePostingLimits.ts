import type { RateBucket } from '../ports/rateStore.ts'
import { addressBlock } from './addressBlock.ts'
import { takeRate } from './enforceLimits.ts'
import type { KitContext } from './kitContext.ts'
import type { Posting } from './posting.ts'
import type { PostingRoute, PostingSubject } from './postingLimits.ts'
import { ProblemError } from './problemError.ts'
import { shortDigest } from './shortDigest.ts'

/** The narrow one first, for every route alike: `venuekit.take_rate` locks in this order. */
const subjects: readonly PostingSubject[] = ['viewer', 'address']

/** Throws `rate_limited` with the time after which the full bucket is empty again. */
export const enforcePostingLimits = async (
  context: KitContext,
  route: PostingRoute,
  { key, viewer, clientAddress }: Posting,
): Promise<void> => {
  const names: Record<PostingSubject, string | null> = {
    viewer: `${key.venueId}/${await shortDigest(viewer.id)}`,
    address: clientAddress === null ? null : addressBlock(clientAddress),
  }
  const buckets = subjects.flatMap((subject): RateBucket[] => {
    const limit = context.limits[route][subject]
    const name = names[subject]
    if (limit === null || name === null) return []
    return [{ bucket: `${route}/${subject}/${name}`, maximum: limit.maximum, windowSeconds: limit.seconds }]
  })
  const answer = await takeRate(context, buckets)
  if (answer.allowed) return
  throw new ProblemError('rate_limited', {
    detail: 'Too many calls like this one. Wait as long as retryAfterMs says.',
    retryAfterMs: answer.retryAfterMs,
  })
}
