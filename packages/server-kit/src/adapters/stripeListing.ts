import type Stripe from 'stripe'
import type { GatewayListing, GatewayWindow } from '../ports/gatewayListing.ts'
import { toCheckoutSession } from './stripeCheckout.ts'
import { toGatewayError } from './stripeError.ts'
import { toGatewayDispute, toGatewayPayment, toGatewayRefund } from './stripeObjects.ts'

/** The most that Stripe gives at once. */
const pageSize = 100

interface ListParams {
  created: Stripe.RangeQueryParam
  limit: number
  starting_after?: string
}

/** The SDK's own paging; the hook runs before each request, which comes once a page is used up. */
async function* walk<Raw, Item>(
  doing: string,
  list: (params: ListParams) => AsyncIterable<Raw>,
  toItem: (raw: Raw) => Item,
  { from, until, after, beforeRequest }: GatewayWindow,
): AsyncGenerator<Item> {
  const params: ListParams = { created: { gte: from, lte: until }, limit: pageSize }
  if (typeof after === 'string') params.starting_after = after
  let count = 0
  try {
    await beforeRequest?.()
    for await (const raw of list(params)) {
      yield toItem(raw)
      count += 1
      if (count % pageSize === 0) await beforeRequest?.()
    }
  } catch (error) {
    throw toGatewayError(error, doing)
  }
}

/** What is at Stripe, by window of creation. */
export const stripeListing = (stripe: Stripe): GatewayListing => ({
  listSessions: window =>
    walk('listing checkout sessions', params => stripe.checkout.sessions.list(params), toCheckoutSession, window),
  listPayments: window =>
    walk('listing payment intents', params => stripe.paymentIntents.list(params), toGatewayPayment, window),
  listRefunds: window => walk('listing refunds', params => stripe.refunds.list(params), toGatewayRefund, window),
  listDisputes: window => walk('listing disputes', params => stripe.disputes.list(params), toGatewayDispute, window),
})
