/** Resolves when the next request may leave. */
export type Pace = () => Promise<void>

export interface PacerOptions {
  requestsPerSecond: number
  /** Milliseconds of any clock that only moves forward. */
  now: () => number
  sleep: (milliseconds: number) => Promise<void>
}

/** Spaces requests evenly: gateways refuse bursts, and selling comes first. */
export const createPacer = ({ requestsPerSecond, now, sleep }: PacerOptions): Pace => {
  if (!(requestsPerSecond > 0)) throw new RangeError('requestsPerSecond must be positive')
  const gapMs = 1000 / requestsPerSecond
  let free = Number.NEGATIVE_INFINITY
  return async () => {
    const at = now()
    const turn = Math.max(free, at)
    free = turn + gapMs
    if (turn > at) await sleep(turn - at)
  }
}
