import { currencyDigits } from '../contracts/currencyDigits.ts'
import type { CreateOrderRequest, Order, Purchase } from '../contracts/ticketing.ts'
import { findEvent } from './eventAnswers.ts'
import { expireDueOrders } from './expireDueOrders.ts'
import { fulfilOrder } from './fulfilOrder.ts'
import { releaseOrder } from './releaseOrder.ts'
import { reserve } from './reserve.ts'
import type { KeyCall, RouteAnswers } from './TestCall.ts'
import { TestProblem } from './TestProblem.ts'
import { tellEvent } from './tellEvent.ts'
import type { VenueContext } from './VenueContext.ts'
import type { StoredOrder } from './VenueState.ts'

const minute = 60_000
/** As long as a checkout of 31 minutes and its grace. */
const holdMs = 36 * minute
const longestHoldMs = 60 * minute

const iso = (ms: number): string => new Date(ms).toISOString()

const show = (venue: VenueContext, { order }: StoredOrder): Order => ({ ...order, serverNow: iso(venue.now()) })

const notPayable = ({ status }: StoredOrder['order']): TestProblem =>
  status === 'expired' || status === 'cancelled' || status === 'expiring'
    ? new TestProblem('reservation_expired', { detail: 'The places were given back: order anew, under a new key.' })
    : new TestProblem('conflict', { detail: `The order is ${status}: there is nothing to pay.` })

const requireReturnPage = ({ allowedOrigins }: VenueContext, { returnUrl }: CreateOrderRequest): void => {
  if (allowedOrigins === null || allowedOrigins.includes(new URL(returnUrl).origin)) return
  const returnMessage = 'must be a page of one of the origins that the publishable key allows'
  throw new TestProblem('invalid_request', { fields: { returnUrl: returnMessage } })
}

const startOrder = (body: CreateOrderRequest, { venue, idempotencyKey }: KeyCall): StoredOrder => {
  const event = findEvent(venue, body.eventId)
  const { items, total } = reserve(event, body, venue.now())
  tellEvent(venue, event.id)
  const id = crypto.randomUUID()
  const isFree = total.amountMinor === 0
  const stored: StoredOrder = {
    order: {
      id,
      eventId: event.id,
      status: 'reserved',
      items,
      total,
      buyer: body.buyer,
      createdAt: iso(venue.now()),
      holdExpiresAt: iso(venue.now() + holdMs),
      fulfilledAt: null,
      tickets: [],
    },
    orderToken: `vko_test.${id}`,
    checkout: isFree ? { kind: 'free' } : checkoutOf(venue, id, body.payment === 'embedded'),
    idempotencyKey,
    request: JSON.stringify(body),
    isPurchaseTold: false,
  }
  if (isFree) fulfilOrder(venue, stored)
  venue.state.orders.push(stored)
  return stored
}

const checkoutOf = ({ apiUrl }: VenueContext, orderId: string, isEmbedded: boolean): StoredOrder['checkout'] =>
  isEmbedded
    ? { kind: 'embedded', clientSecret: `cs_test_${orderId}`, publishableKey: 'pk_test' }
    : { kind: 'redirect', url: `${apiUrl}/pay/${orderId}` }

/** The order made under the key before. Throws where it was another one, or is past paying. */
const replay = (known: StoredOrder, body: CreateOrderRequest): StoredOrder => {
  if (known.request !== JSON.stringify(body)) {
    const detail = 'Another order was made under this key: take a new one.'
    throw new TestProblem('idempotency_conflict', { detail })
  }
  const problem = notPayable(known.order)
  if (problem.code === 'reservation_expired') throw problem
  return known
}

const requireHeld = ({ venue, stored }: { venue: VenueContext; stored: StoredOrder }): StoredOrder => {
  expireDueOrders(venue)
  if (stored.order.status !== 'reserved') throw notPayable(stored.order)
  return stored
}

const toDecimal = ({ amountMinor, currency }: Order['total']): number => amountMinor / 10 ** currencyDigits(currency)

const toPurchase = ({ id, total, items }: StoredOrder['order']): Purchase => ({
  transaction_id: id,
  currency: total.currency,
  value: toDecimal(total),
  items: items.map(({ tierId, tierName, unitPrice, quantity }) => ({
    item_id: tierId,
    item_name: tierName,
    price: toDecimal(unitPrice),
    quantity,
  })),
})

export const orderAnswers = {
  createOrder: ({ body }, call) => {
    const { venue, idempotencyKey } = call
    requireReturnPage(venue, body)
    expireDueOrders(venue)
    const known = venue.state.orders.find(
      each => each.idempotencyKey === idempotencyKey && each.order.eventId === body.eventId,
    )
    const stored = known ? replay(known, body) : startOrder(body, call)
    return { order: show(venue, stored), orderToken: stored.orderToken, checkout: stored.checkout }
  },
  // The same answer whether or not anybody bought anything.
  resendTickets: () => undefined,
  getOrder: (_input, { venue, stored }) => {
    expireDueOrders(venue)
    return { order: show(venue, stored) }
  },
  cancelOrder: (_input, { venue, stored }) => {
    expireDueOrders(venue)
    const { status } = stored.order
    if (status !== 'reserved' && status !== 'cancelled') {
      throw new TestProblem('order_not_cancellable', { detail: `The order is ${status}.` })
    }
    if (status === 'reserved') releaseOrder(venue, stored, 'cancelled')
    return { order: show(venue, stored) }
  },
  resumeCheckout: ({ query }, { venue, stored }) => {
    const { id } = requireHeld({ venue, stored }).order
    if (query.payment && stored.checkout.kind !== 'free') {
      stored.checkout = checkoutOf(venue, id, query.payment === 'embedded')
    }
    return { order: show(venue, stored), checkout: stored.checkout }
  },
  extendOrder: (_input, { venue, stored }) => {
    const { order } = requireHeld({ venue, stored })
    const lastMs = Date.parse(order.createdAt) + longestHoldMs
    const holdExpiresAt = iso(Math.min(venue.now() + holdMs, lastMs))
    if (order.holdExpiresAt !== null && holdExpiresAt <= order.holdExpiresAt) {
      const detail = `The places are held until ${iso(lastMs)} at most: pay at the checkout that is open.`
      throw new TestProblem('limit_exceeded', { detail })
    }
    stored.order = { ...order, holdExpiresAt }
    return { order: show(venue, stored), checkout: stored.checkout }
  },
  syncOrder: (_input, { venue, stored }) => {
    expireDueOrders(venue)
    const isFirst = stored.order.status === 'fulfilled' && !stored.isPurchaseTold
    if (isFirst) stored.isPurchaseTold = true
    return { order: show(venue, stored), purchase: isFirst ? toPurchase(stored.order) : null }
  },
} satisfies Partial<RouteAnswers>
