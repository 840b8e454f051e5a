import {
  type AdminEvent,
  type CreateOrderRequest,
  type CreateOrderResponse,
  createOrderResponse,
  type Order,
  orderResponse,
  type SyncOrderResponse,
  syncOrderResponse,
} from '@venuekit/core/contracts'
import type { HttpAnswer, HttpCall, HttpCaller } from './httpCaller.ts'

/** What a buyer does, by the API. */
export interface OrderDesk {
  /** A request for `quantity` places of the event's first tier. */
  cart(event: AdminEvent, quantity?: number): CreateOrderRequest
  /** Sends a cart; under a new idempotency key unless given one. */
  send(body: unknown, call?: HttpCall): Promise<HttpAnswer>
  order(event: AdminEvent, quantity?: number): Promise<CreateOrderResponse>
  show(placed: CreateOrderResponse): Promise<Order>
  cancel(placed: CreateOrderResponse): Promise<HttpAnswer>
  sync(placed: CreateOrderResponse): Promise<SyncOrderResponse>
}

/** The session behind a redirect to the gateway's page. */
export const sessionOf = ({ checkout }: CreateOrderResponse): string => {
  const id = checkout.kind === 'redirect' ? /cs_\w+/.exec(checkout.url)?.[0] : undefined
  if (id === undefined) throw new Error(`no redirect to a session: ${JSON.stringify(checkout)}`)
  return id
}

export const createOrderDesk = (call: HttpCaller, pageUrl: string): OrderDesk => {
  const cart: OrderDesk['cart'] = (event, quantity = 1) => {
    const [tier] = event.tiers
    if (!tier) throw new Error('the event has no tier')
    return {
      eventId: event.id,
      items: [{ tierId: tier.id, quantity }],
      buyer: { name: 'Ada Buyer', email: 'ada@example.com' },
      returnUrl: pageUrl,
    }
  }
  const send: OrderDesk['send'] = (body, change = {}) =>
    call('POST', '/v1/orders', { body, idempotencyKey: crypto.randomUUID(), ...change })
  const own = ({ order, orderToken }: CreateOrderResponse, method: string, below = '') =>
    call(method, `/v1/orders/${order.id}${below}`, { orderToken })
  return {
    cart,
    send,
    order: async (event, quantity) => (await send(cart(event, quantity))).read(createOrderResponse),
    show: async placed => (await own(placed, 'GET')).read(orderResponse).order,
    cancel: placed => own(placed, 'DELETE'),
    sync: async placed => (await own(placed, 'POST', '/sync')).read(syncOrderResponse),
  }
}
