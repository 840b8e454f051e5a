/** At most `maximum` hits within `windowSeconds` of the first. */
export interface RateBucket {
  bucket: string
  maximum: number
  windowSeconds: number
}

export type RateAnswer = { allowed: true } | { allowed: false; bucket: string; retryAfterMs: number }

/**
 * Counts hits for all nodes together. The database by default; a host's Redis or the like may stand in. What fails, or
 * takes over 5 seconds, stops nobody.
 */
export interface RateStore {
  /** Counts a hit in each bucket, in order, up to the first that is full: a refused caller fills no wider one. */
  take(buckets: readonly RateBucket[]): Promise<RateAnswer>
  /** Forgets the bucket's window: what was counted did not take place. */
  giveBack(bucket: string): Promise<void>
}
