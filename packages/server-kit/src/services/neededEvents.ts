import { moneyEventTypes } from './refundWebhooks.ts'

/** Types of the gateway's events without which a paid order waits for the buyer's return or the daily comparison. */
export const saleEventTypes: readonly string[] = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
]

/** What a webhook endpoint should be sent. */
export const neededEventTypes: readonly string[] = [...saleEventTypes, ...moneyEventTypes]
