import type { VenueKitError } from '../VenueKitError.ts'

/** Attempts a call makes at most, the first included. */
const maximumAttempts = 3
const firstDelayMs = 300
const longestDelayMs = 5_000
/** Somebody waits at the screen: a server that asks for more patience gets none of it without them. */
const longestPatienceMs = 10_000

/** How long to wait before the next attempt, with full jitter; null to give up. `attempt` counts from 1. */
export const retryDelay = (
  error: VenueKitError,
  attempt: number,
  random: () => number = Math.random,
): number | null => {
  if (!error.retryable || attempt >= maximumAttempts) return null
  const backoff = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1)) * (0.5 + random() / 2)
  if (error.retryAfterMs === null) return backoff
  return error.retryAfterMs > longestPatienceMs ? null : Math.max(error.retryAfterMs, backoff)
}
