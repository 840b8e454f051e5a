import type { GatewayDispute } from './gatewayDispute.ts'
import type { GatewayRefund } from './gatewayRefund.ts'

/** A refund to be made. Its row's id is the idempotency key and travels in the metadata, so that it can be found. */
export interface RefundRequest {
  refundId: string
  eventId: string
  orderId: string
  paymentIntentId: string
  amountMinor: number
}

/** Money on its way back. All throw `GatewayError`. */
export interface GatewayRefunds {
  /** The gateway forgets the key after a day: later, look with `findRefund` first. */
  createRefund(request: RefundRequest): Promise<GatewayRefund>
  getRefund(gatewayRefundId: string): Promise<GatewayRefund>
  /** The refund that carries our row's id; null where the payment has none. */
  findRefund(paymentIntentId: string, refundId: string): Promise<GatewayRefund | null>
  /** All refunds of a payment, oldest first, whoever made them. */
  listPaymentRefunds(paymentIntentId: string): Promise<GatewayRefund[]>
  getDispute(gatewayDisputeId: string): Promise<GatewayDispute>
  /** The payment that a charge belongs to; null where it has none. */
  findPaymentOfCharge(chargeId: string): Promise<string | null>
}
