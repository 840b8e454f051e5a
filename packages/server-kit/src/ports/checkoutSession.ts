/** A gateway's checkout session, reduced to what decides. */
export interface CheckoutSession {
  id: string
  status: 'open' | 'complete' | 'expired' | 'unknown'
  paymentStatus: 'paid' | 'unpaid' | 'no_payment_required' | 'unknown'
  amountTotalMinor: number
  currency: string
  mode: 'live' | 'test'
  url: string | null
  clientSecret: string | null
  /** Unix seconds. */
  expiresAt: number
  paymentIntentId: string | null
  /** From the session's metadata; null where it isn't one of ours. */
  eventId: string | null
  orderId: string | null
  attemptId: string | null
}
