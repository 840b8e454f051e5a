import type { Database } from '../ports/database.ts'
import type { RateStore } from '../ports/rateStore.ts'

/** Rates counted in the kit's own database: every node sees them, and a crash may forget them. */
export const databaseRates = (database: Database): RateStore => ({
  async take(buckets) {
    const answer = await database.call('venuekit.take_rate', { buckets })
    if (answer.outcome === 'taken') return { allowed: true }
    return { allowed: false, bucket: answer.bucket, retryAfterMs: answer.retryAfterMs }
  },
  async giveBack(bucket) {
    await database.call('venuekit.give_rate_back', { bucket })
  },
})
