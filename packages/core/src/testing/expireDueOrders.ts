import { releaseOrder } from './releaseOrder.ts'
import type { VenueContext } from './VenueContext.ts'

/** Holds end by the clock; nobody sweeps here, so whoever reads looks first. */
export const expireDueOrders = (venue: VenueContext): void => {
  for (const stored of venue.state.orders) {
    const { status, holdExpiresAt } = stored.order
    if (status !== 'reserved' || holdExpiresAt === null || Date.parse(holdExpiresAt) > venue.now()) continue
    releaseOrder(venue, stored, 'expired')
  }
}
