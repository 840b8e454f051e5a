import type { OrderStatus } from '@venuekit/core/contracts'
import type { RateBucket } from './rateStore.ts'
import type { CheckoutAttempt } from './ticketingFunctions.ts'

/** What prolongs holds, and what keeps few from holding much. */
export interface HoldFunctions {
  /** Durable. The attempts that the gateway must end before a new one begins; none where this request's own is there. */
  'ticketing.begin_extension': {
    args: { event_id: string; order_id: string; attempt_id: string }
    result:
      | { outcome: 'begun'; replayed: boolean; attempts: CheckoutAttempt[] }
      | { outcome: 'limit_exceeded'; holdEndsAt: string }
      | { outcome: 'not_payable'; status: OrderStatus }
      | { outcome: 'expired' }
      | { outcome: 'not_found' }
  }
  /** Counts a hit in each bucket, in order, up to the first that is full. */
  'venuekit.take_rate': {
    args: { buckets: readonly RateBucket[] }
    result: { outcome: 'taken' } | { outcome: 'refused'; bucket: string; retryAfterMs: number }
  }
  'venuekit.give_rate_back': { args: { bucket: string }; result: { outcome: 'given_back' } }
  'venuekit.purge_rates': { args: { max_rows: number }; result: { removed: number } }
}
