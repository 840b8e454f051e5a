import { tellEvent } from './tellEvent.ts'
import type { VenueContext } from './VenueContext.ts'
import type { StoredOrder } from './VenueState.ts'

/** The places go back to their tiers. */
export const releaseOrder = (venue: VenueContext, stored: StoredOrder, status: 'expired' | 'cancelled'): void => {
  stored.order = { ...stored.order, status, holdExpiresAt: null }
  const event = venue.state.events.find(({ id }) => id === stored.order.eventId)
  for (const { tierId, quantity } of stored.order.items) {
    const tier = event?.tiers.find(({ id }) => id === tierId)
    if (tier) tier.available += quantity
  }
  tellEvent(venue, stored.order.eventId)
}
