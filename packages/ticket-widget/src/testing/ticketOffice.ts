import { VenueKitError } from '@venuekit/core'
import { type Order, type ProblemCode, problemCodes, type VenueEvent } from '@venuekit/core/contracts'
import type { TicketClient } from '../flow/flowWorld.ts'
import { fulfilledOrder, orderId, orderToken, sampleEvent, sampleOrder } from './sampleEvent.ts'

type CallName = keyof TicketClient

export interface TicketOffice {
  readonly client: TicketClient
  /** What `getEvent` answers next. */
  event: VenueEvent
  /** The one order of this office, once it was reserved. */
  order: Order | null
  /** Of the next order that is reserved. */
  orderId: string
  /** Answer of the gateway: has the order been paid? */
  paid: boolean
  /** Every call, oldest first, with its idempotency key where it has one. */
  readonly calls: { name: CallName; key: string | undefined; input: unknown; challenge?: string | undefined }[]
  /** The next call of that name fails so; further ones queue behind it. */
  failNext(
    name: CallName,
    code: ProblemCode | 'network' | 'timeout' | 'invalid_response',
    fields?: Record<string, string>,
  ): void
  /** Calls of that name wait until the returned function is called. */
  hold(name: CallName): () => void
  count(name: CallName): number
  /** Tells the open streams of the event as it is now. */
  tell(event: VenueEvent): void
}

/** A ticket office in memory behind core's client: one event, one order, faults and pauses to order. */
export const createTicketOffice = (event: VenueEvent = sampleEvent()): TicketOffice => {
  const faults: { name: CallName; error: VenueKitError }[] = []
  const holds = new Map<CallName, Promise<void>>()
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>()
  let purchaseTold = false

  const call = async (name: CallName, input: unknown, key?: string, signal?: AbortSignal, challenge?: string) => {
    office.calls.push({ name, key, input, challenge })
    await holds.get(name)
    if (signal?.aborted)
      throw new VenueKitError({ request: name, code: 'aborted', status: null, title: '', retryable: false })
    const fault = faults.findIndex(each => each.name === name)
    if (fault >= 0) throw faults.splice(fault, 1)[0]?.error
  }

  const orderNow = (): Order => {
    if (!office.order)
      throw new VenueKitError({ request: '', code: 'not_found', status: 404, title: '', retryable: false })
    if (office.paid && office.order.status === 'reserved') {
      const { id, items, total, buyer } = office.order
      office.order = fulfilledOrder({ id, items, total, buyer })
    }
    return office.order
  }

  const checkout = (order: Order) =>
    order.total.amountMinor === 0
      ? ({ kind: 'free' } as const)
      : ({ kind: 'redirect', url: 'https://pay.example/session' } as const)

  const reserve = (body: Parameters<TicketClient['createOrder']>[0]['body']): Order => {
    const items = body.items.map(({ tierId, quantity }, index) => {
      const tier = office.event.tiers.find(each => each.id === tierId)
      const unitPrice = tier?.price ?? { amountMinor: 0, currency: 'USD' }
      const total = { ...unitPrice, amountMinor: unitPrice.amountMinor * quantity }
      return { line: index + 1, tierId, tierName: tier?.name ?? '', quantity, unitPrice, total }
    })
    const amountMinor = items.reduce((sum, item) => sum + item.total.amountMinor, 0)
    const now = Date.now()
    return sampleOrder({
      id: office.orderId,
      items,
      total: { amountMinor, currency: office.event.currency },
      buyer: body.buyer,
      serverNow: new Date(now).toISOString(),
      holdExpiresAt: new Date(now + 36 * 60_000).toISOString(),
    })
  }

  const office: TicketOffice = {
    event,
    order: null,
    orderId,
    paid: false,
    calls: [],
    failNext(name, code, fields) {
      const wire = Object.hasOwn(problemCodes, code) ? problemCodes[code as ProblemCode] : null
      const facts = wire ?? { status: null, title: code, retryable: code !== 'invalid_response' }
      faults.push({ name, error: new VenueKitError({ request: name, code, ...facts, fields }) })
    },
    hold(name) {
      let release = () => {}
      holds.set(
        name,
        new Promise(resolve => {
          release = resolve
        }),
      )
      return () => {
        holds.delete(name)
        release()
      }
    },
    count: name => office.calls.filter(each => each.name === name).length,
    tell(changed) {
      office.event = changed
      const text = `event: event\ndata: ${JSON.stringify({ type: 'event', event: changed })}\n\n`
      for (const stream of streams) stream.enqueue(new TextEncoder().encode(text))
    },
    client: {
      async live(input, options) {
        await call('live', input, undefined, options?.signal)
        let own: ReadableStreamDefaultController<Uint8Array>
        return new ReadableStream({
          start(stream) {
            own = stream
            streams.add(stream)
          },
          cancel: () => void streams.delete(own),
        })
      },
      async extendOrder(input, options) {
        await call('extendOrder', input, options?.idempotencyKey, options?.signal)
        const now = Date.now()
        const times = {
          serverNow: new Date(now).toISOString(),
          holdExpiresAt: new Date(now + 36 * 60_000).toISOString(),
        }
        office.order = { ...orderNow(), ...times }
        return { order: office.order, checkout: checkout(office.order) }
      },
      async resendTickets(input, options) {
        await call('resendTickets', input, undefined, options?.signal)
      },
      async getEvent(input, options) {
        await call('getEvent', input, undefined, options?.signal)
        return { event: office.event }
      },
      async createOrder(input, options) {
        await call('createOrder', input, options?.idempotencyKey, options?.signal, options?.challenge)
        office.order ??= reserve(input.body)
        if (office.order.total.amountMinor === 0) office.paid = true
        return {
          order: office.order,
          orderToken: orderToken(office.event.id, office.order.id),
          checkout: checkout(office.order),
        }
      },
      async syncOrder(input, options) {
        await call('syncOrder', input, undefined, options?.signal)
        const order = orderNow()
        const isFirst = order.status === 'fulfilled' && !purchaseTold
        purchaseTold ||= isFirst
        const purchase = { transaction_id: order.id, currency: 'USD', value: order.total.amountMinor / 100, items: [] }
        return { order, purchase: isFirst ? purchase : null }
      },
      async resumeCheckout(input, options) {
        await call('resumeCheckout', input, undefined, options?.signal)
        const order = orderNow()
        return { order, checkout: checkout(order) }
      },
      async cancelOrder(input, options) {
        await call('cancelOrder', input, undefined, options?.signal)
        office.order = { ...orderNow(), status: 'cancelled', holdExpiresAt: null }
        return { order: office.order }
      },
    },
  }
  return office
}
