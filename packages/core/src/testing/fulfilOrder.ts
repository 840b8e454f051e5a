import type { VenueContext } from './VenueContext.ts'
import type { StoredOrder } from './VenueState.ts'

/** Paid, or free: the tickets are issued. */
export const fulfilOrder = (venue: VenueContext, stored: StoredOrder): void => {
  const { order } = stored
  const tickets = order.items.flatMap(({ line, quantity, tierId, tierName }) =>
    Array.from({ length: quantity }, (_, place) => {
      const id = crypto.randomUUID()
      const code = `test.${id}`
      return { id, line, ordinal: place + 1, tierId, tierName, status: 'valid' as const, code, codeVersion: 1 }
    }),
  )
  const fulfilledAt = new Date(venue.now()).toISOString()
  stored.order = { ...order, status: 'fulfilled', holdExpiresAt: null, fulfilledAt, tickets }
}
