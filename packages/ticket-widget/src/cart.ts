import type { Money, Tier, VenueEvent } from '@venuekit/core/contracts'

/** How many places of each tier, by tier id. A tier with none has no entry. */
export type Cart = Readonly<Record<string, number>>

export interface CartLine {
  tier: Tier
  quantity: number
  total: Money
}

export const emptyCart: Cart = {}

export const placesIn = (cart: Cart): number => Object.values(cart).reduce((sum, quantity) => sum + quantity, 0)

export const isOnSale = (event: VenueEvent, tier: Tier): boolean =>
  event.status === 'scheduled' && tier.status === 'on_sale' && tier.available > 0

/** The most places of this tier the cart may hold, given what it holds of the others. */
export const maximumOf = (event: VenueEvent, tier: Tier, cart: Cart): number => {
  if (!isOnSale(event, tier)) return 0
  const others = placesIn(cart) - (cart[tier.id] ?? 0)
  return Math.max(0, Math.min(tier.maxPerOrder, tier.available, event.maxPerOrder - others))
}

/** The cart with that many of one tier, or with the nearest number its limits allow. */
export const withQuantity = (event: VenueEvent, cart: Cart, tierId: string, quantity: number): Cart => {
  const tier = event.tiers.find(each => each.id === tierId)
  if (!tier || Number.isNaN(quantity)) return cart
  const allowed = Math.max(0, Math.min(Math.trunc(quantity), maximumOf(event, tier, cart)))
  const { [tierId]: _, ...others } = cart
  return allowed === 0 ? others : { ...others, [tierId]: allowed }
}

export const cartLines = (event: VenueEvent, cart: Cart): CartLine[] =>
  event.tiers.flatMap(tier => {
    const quantity = cart[tier.id] ?? 0
    const total = { amountMinor: tier.price.amountMinor * quantity, currency: tier.price.currency }
    return quantity > 0 ? [{ tier, quantity, total }] : []
  })

export const cartTotal = (event: VenueEvent, cart: Cart): Money => ({
  amountMinor: cartLines(event, cart).reduce((sum, line) => sum + line.total.amountMinor, 0),
  currency: event.currency,
})
