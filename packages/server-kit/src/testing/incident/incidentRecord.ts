/**
 * The incident that VenueKit grew out of, in numbers.
 *
 * The record contradicts itself: it names four events with 90, 94, 62 and 34 places in ghost reservations, which are
 * 280, and also says "190 in all". The four are what was counted event by event, and what the tests assert.
 */
export const incidentRecord = {
  ghostPlaces: [90, 94, 62, 34],
  /** Paid at Stripe, no ticket: twelve orders, 907.64 USD together. */
  paidOrders: 12,
  paidMinor: 90_764,
  currency: 'USD',
  freeOrders: 4,
  /** Called paid, but without a Stripe id: a test by the house. With the others, 17 rows. */
  testOrders: 1,
  vip: { capacity: 21, issued: 22 },
} as const

export const incidentPrices = { floor: 2886, balcony: 6295, vip: 12_500 } as const

/** Lines of the twelve paid orders: 14 places on the floor, 8 on the balcony. */
export const paidOrders: readonly { tier: 'floor' | 'balcony'; quantity: number }[] = [
  ...Array.from({ length: 7 }, () => ({ tier: 'floor', quantity: 2 }) as const),
  ...Array.from({ length: 3 }, () => ({ tier: 'balcony', quantity: 2 }) as const),
  ...Array.from({ length: 2 }, () => ({ tier: 'balcony', quantity: 1 }) as const),
]

export const incidentShows: readonly string[] = ['Northern Lines', 'Paper Moons', 'The Long Harbour', 'Salt & Ember']
