import {
  type AdminEvent,
  type AdminOrder,
  type AdminTier,
  adminEventResponse,
  adminOrderPage,
  adminOrderResponse,
} from '@venuekit/core/contracts'
import type { HttpAnswer } from './httpCaller.ts'
import type { TestKit } from './startTestKit.ts'
import { testSecrets } from './testSecrets.ts'

/** What the host does by the admin API. */
export interface AdminDesk {
  /** Under `/v1/admin`; under a new idempotency key unless given one. */
  send(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<HttpAnswer>
  event(eventId: string): Promise<AdminEvent>
  /** Changes something of the event; throws where it is refused. */
  change(method: string, path: string, body: unknown): Promise<AdminEvent>
  order(method: string, path: string, body: unknown, idempotencyKey?: string): Promise<AdminOrder>
  orders(eventId: string, query?: string): Promise<{ items: AdminOrder[]; nextCursor: string | null }>
}

export const createAdminDesk = ({ call }: Pick<TestKit, 'call'>): AdminDesk => {
  const [bearer] = testSecrets.adminKeys
  const send: AdminDesk['send'] = (method, path, body, idempotencyKey = crypto.randomUUID()) =>
    call(method, `/v1/admin${path}`, {
      key: null,
      origin: null,
      bearer,
      idempotencyKey,
      ...(body === undefined ? {} : { body }),
    })
  return {
    send,
    event: async eventId => (await send('GET', `/events/${eventId}`)).read(adminEventResponse).event,
    change: async (method, path, body) => (await send(method, path, body)).read(adminEventResponse).event,
    order: async (method, path, body, key) => (await send(method, path, body, key)).read(adminOrderResponse).order,
    orders: async (eventId, query = '') =>
      (await send('GET', `/events/${eventId}/orders${query}`)).read(adminOrderPage),
  }
}

/** The event's tier by its place. */
export const tierOf = (event: AdminEvent, place = 0): AdminTier => {
  const tier = event.tiers[place]
  if (!tier) throw new Error(`the event has no tier ${place}`)
  return tier
}
