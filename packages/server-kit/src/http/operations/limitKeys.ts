import { addressBlock } from '../../services/addressBlock.ts'
import { takeRate } from '../../services/enforceLimits.ts'
import { ProblemError } from '../../services/problemError.ts'
import type { Call } from '../call.ts'

const maximum = 10
const windowSeconds = 60

/**
 * Counts a key that is tried, by address, before it is looked at: a guess that is right does not pass a full bucket
 * either. Throws `rate_limited`. Whoever had the right one asks to forget the count.
 */
export const limitKeys = async ({ context, clientAddress }: Call): Promise<{ forget(): Promise<void> }> => {
  const block = (clientAddress && addressBlock(clientAddress)) ?? clientAddress ?? 'unknown'
  const bucket = `operationsKey/address/${block}`
  const answer = await takeRate(context, [{ bucket, maximum, windowSeconds }])
  if (!answer.allowed) {
    throw new ProblemError('rate_limited', {
      detail: 'Too many keys were tried from here. Wait as long as retryAfterMs says.',
      retryAfterMs: answer.retryAfterMs,
    })
  }
  return { forget: () => context.rates.giveBack(bucket).catch(() => undefined) }
}
