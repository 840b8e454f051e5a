/** A refund at the gateway, whoever asked for it. */
export interface GatewayRefund {
  id: string
  /** The gateway's own word: `pending requires_action succeeded failed canceled`; others may come. */
  status: string
  amountMinor: number
  currency: string
  paymentIntentId: string | null
  chargeId: string | null
  /** Unix seconds. */
  createdAt: number
  /** Our own row's id, from its metadata; null where it was not asked for by the kit. */
  refundId: string | null
  failureReason: string | null
}
