/** Money at the gateway (Stripe: a payment intent), reduced to what decides. */
export interface GatewayPayment {
  id: string
  /** The gateway's own word; only `succeeded` is money. */
  status: string
  /** What came in; 0 until it succeeded. */
  receivedMinor: number
  currency: string
  mode: 'live' | 'test'
  /** From its metadata; null where it isn't one of ours. */
  eventId: string | null
  orderId: string | null
  attemptId: string | null
}
