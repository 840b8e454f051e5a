import type { AdminOrder } from '@venuekit/core/contracts'
import type { OrderPlace } from '../ports/hostFunctions.ts'
import { getAdminOrder } from './adminOrders.ts'
import type { KitContext } from './kitContext.ts'

/** Orders, for the host's own people. */
export interface HostOrders {
  /** By the id of an order or a ticket, or the gateway's of a session or payment; looks through all events. */
  locate(reference: string): Promise<OrderPlace[]>
  /** One order with its money. Throws `not_found`. */
  get(place: OrderPlace): Promise<AdminOrder>
}

export const createHostOrders = (context: KitContext): HostOrders => ({
  async locate(reference) {
    const { orders } = await context.database.call('ticketing.locate_order', { reference })
    return orders
  },
  async get({ eventId, orderId }) {
    const { order } = await getAdminOrder(context, eventId, orderId)
    return order
  },
})
