/** A buyer's bank that wants the money back. */
export interface GatewayDispute {
  id: string
  /** The gateway's own word, such as `needs_response won lost warning_closed`; others may come. */
  status: string
  amountMinor: number
  currency: string
  paymentIntentId: string | null
  chargeId: string | null
  /** Unix seconds. */
  createdAt: number
  reason: string | null
}
