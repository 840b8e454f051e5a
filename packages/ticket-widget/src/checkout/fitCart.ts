import type { VenueEvent } from '@venuekit/core/contracts'
import { type Cart, emptyCart, withQuantity } from '../cart.ts'

/** What is left of a cart when the event changed under it, and the tiers that had to give. */
export const fitCart = (event: VenueEvent, cart: Cart): { cart: Cart; reducedTierIds: string[] } => {
  let fitted = emptyCart
  for (const tier of event.tiers) fitted = withQuantity(event, fitted, tier.id, cart[tier.id] ?? 0)
  const reducedTierIds = Object.keys(cart).filter(tierId => (fitted[tierId] ?? 0) < (cart[tierId] ?? 0))
  return { cart: fitted, reducedTierIds }
}
