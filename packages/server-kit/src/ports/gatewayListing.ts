import type { CheckoutSession } from './checkoutSession.ts'
import type { GatewayDispute } from './gatewayDispute.ts'
import type { GatewayPayment } from './gatewayPayment.ts'
import type { GatewayRefund } from './gatewayRefund.ts'

/** Which objects: by when the gateway made them. */
export interface GatewayWindow {
  /** Unix seconds, both included. */
  from: number
  until: number
  /** Goes on behind this object of the same list. */
  after?: string | null
  /** Awaited before each request, so that the caller bounds the rate. */
  beforeRequest?: () => Promise<void>
}

/** What is at the gateway, newest first, page after page. All throw `GatewayError` while iterating. */
export interface GatewayListing {
  listSessions(window: GatewayWindow): AsyncIterable<CheckoutSession>
  listPayments(window: GatewayWindow): AsyncIterable<GatewayPayment>
  listRefunds(window: GatewayWindow): AsyncIterable<GatewayRefund>
  listDisputes(window: GatewayWindow): AsyncIterable<GatewayDispute>
}
