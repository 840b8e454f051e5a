import type { NewEvent } from '@venuekit/core/contracts'
import type { Database } from '../../ports/database.ts'
import type { PaymentInput } from '../../ports/ticketingFunctions.ts'

/** An order that the functions made. */
interface SoldOrder {
  orderId: string
  ticketIds: string[]
}

/** Sells as the API does, by the same functions. */
export interface IncidentShop {
  readonly venueId: string
  createEvent(event: Pick<NewEvent, 'name' | 'tiers'>): Promise<string>
  /** Holds places and leaves them held. Answers the order's id. */
  hold(eventId: string, tierId: string, quantity: number): Promise<string>
  /** By Stripe, as its webhook completes it; free where it costs nothing. */
  sell(eventId: string, tierId: string, quantity: number): Promise<SoldOrder>
  sellAtTheDoor(eventId: string, tierId: string): Promise<SoldOrder>
}

const mustBe = <Answer extends { outcome: string }, Outcome extends Answer['outcome']>(
  answer: Answer,
  outcome: Outcome,
): Extract<Answer, { outcome: Outcome }> => {
  if (answer.outcome !== outcome) throw new Error(`expected ${outcome}, not ${JSON.stringify(answer)}`)
  return answer as Extract<Answer, { outcome: Outcome }>
}

const daysAhead = 40

const stripeNames = (account: string) => ({
  kind: 'gateway' as const,
  account,
  mode: 'test' as const,
  sessionId: `cs_test_${crypto.randomUUID().replaceAll('-', '')}`,
  paymentIntentId: `pi_${crypto.randomUUID().replaceAll('-', '')}`,
})

/** A venue of its own in the database, and what sells there. */
export const openIncidentShop = async (database: Database, account: string): Promise<IncidentShop> => {
  const venueId = crypto.randomUUID()
  await database.call('venuekit.create_venue', { venue_id: venueId, name: 'The Salt House' })
  let buyers = 0

  const reserve = async (eventId: string, tierId: string, quantity: number) => {
    const orderId = crypto.randomUUID()
    buyers++
    const answer = await database.call('ticketing.reserve_order', {
      event_id: eventId,
      order_id: orderId,
      venue_id: venueId,
      client_key: orderId,
      request_hash: orderId,
      items: [{ tierId, quantity }],
      buyer: { name: `Buyer ${buyers}`, email: `buyer${buyers}@example.com` },
      return_url: 'https://salt-house.example/',
      locale: null,
      expected_total_minor: null,
      origin: null,
    })
    return mustBe(answer, 'reserved').order
  }
  const complete = async (
    eventId: string,
    orderId: string,
    payment: PaymentInput | null,
    kind: 'webhook' | 'door' | 'free',
  ): Promise<SoldOrder> => {
    const answer = await database.call('ticketing.complete_order_atomic', {
      event_id: eventId,
      order_id: orderId,
      payment,
      source: kind === 'door' ? { kind, actor: 'box office' } : { kind },
    })
    if (answer.outcome !== 'issued') throw new Error(`expected issued, not ${JSON.stringify(answer)}`)
    return { orderId, ticketIds: answer.order.tickets.map(({ id }) => id) }
  }
  const checkOut = async (eventId: string, orderId: string, sessionId: string): Promise<void> => {
    const attempt = { event_id: eventId, order_id: orderId, attempt_id: crypto.randomUUID(), account }
    const begun = await database.call('ticketing.begin_checkout', {
      ...attempt,
      mode: 'test',
      ui: 'redirect',
      params: {},
    })
    const attached = await database.call('ticketing.attach_checkout', {
      ...attempt,
      session_id: sessionId,
      url: 'https://checkout.example/',
      client_secret: null,
      session_expires_at: mustBe(begun, 'begun').attempt.expiresAt,
    })
    mustBe(attached, 'attached')
  }

  return {
    venueId,
    async createEvent({ name, tiers }) {
      const { now } = await database.call('venuekit.read_clock', {})
      const id = crypto.randomUUID()
      const event: NewEvent = {
        id,
        venueId,
        name,
        tiers,
        startsAt: new Date(Date.parse(now) + daysAhead * 86_400_000).toISOString(),
        timeZone: 'America/Chicago',
        currency: 'USD',
        maxPerOrder: 50,
      }
      mustBe(await database.call('ticketing.create_event', { event_id: id, event }), 'created')
      return id
    },
    hold: async (eventId, tierId, quantity) => (await reserve(eventId, tierId, quantity)).id,
    async sell(eventId, tierId, quantity) {
      const { id, total } = await reserve(eventId, tierId, quantity)
      if (total.amountMinor === 0) return complete(eventId, id, null, 'free')
      const names = stripeNames(account)
      await checkOut(eventId, id, names.sessionId)
      return complete(eventId, id, { ...names, ...total, paymentId: crypto.randomUUID() }, 'webhook')
    },
    async sellAtTheDoor(eventId, tierId) {
      const { id, total } = await reserve(eventId, tierId, 1)
      const payment = { kind: 'external', method: 'cash', reference: null } as const
      return complete(eventId, id, { ...payment, ...total, paymentId: crypto.randomUUID() }, 'door')
    },
  }
}
