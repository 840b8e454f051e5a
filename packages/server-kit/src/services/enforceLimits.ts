import type { RateAnswer, RateBucket } from '../ports/rateStore.ts'
import { addressBlock } from './addressBlock.ts'
import type { LimitedRoute, LimitedSubject } from './hoardingLimits.ts'
import { inTime } from './inTime.ts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'
import { shortDigest } from './shortDigest.ts'

/** Who calls about what. */
export interface LimitedCall {
  clientAddress: string | null
  email: string
  keyId: string
  eventId: string
}

/** The narrow ones first, for every route alike: `venuekit.take_rate` locks in this order. */
const subjects: readonly LimitedSubject[] = ['address', 'email', 'key', 'event']

const namesOf = async (call: LimitedCall): Promise<Record<LimitedSubject, string | null>> => ({
  address: call.clientAddress === null ? null : addressBlock(call.clientAddress),
  email: await shortDigest(call.email.toLowerCase()),
  key: call.keyId,
  event: call.eventId,
})

const bucketsOf = async (context: KitContext, route: LimitedRoute, call: LimitedCall): Promise<RateBucket[]> => {
  const names = await namesOf(call)
  return subjects.flatMap(subject => {
    const limit = context.limits[route][subject]
    const name = names[subject]
    if (limit === null || name === null) return []
    return [{ bucket: `${route}/${subject}/${name}`, maximum: limit.maximum, windowSeconds: limit.seconds }]
  })
}

const patienceMs = 5_000

/** A store that fails or hangs stops nobody: what it protects is guarded by the database again. */
export const takeRate = async (context: KitContext, buckets: readonly RateBucket[]): Promise<RateAnswer> => {
  if (buckets.length === 0) return { allowed: true }
  try {
    return await inTime(context.rates.take(buckets), patienceMs)
  } catch (error) {
    context.log.warn('calls could not be counted', { error: String(error) })
    return { allowed: true }
  }
}

/** Throws `rate_limited` with the time after which the fullest bucket is empty again. */
export const enforceLimits = async (context: KitContext, route: LimitedRoute, call: LimitedCall): Promise<void> => {
  const answer = await takeRate(context, await bucketsOf(context, route, call))
  if (answer.allowed) return
  throw new ProblemError('rate_limited', {
    detail: 'Too many calls like this one. Wait as long as retryAfterMs says.',
    retryAfterMs: answer.retryAfterMs,
  })
}
