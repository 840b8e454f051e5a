import type { Tier, VenueEvent } from '../contracts/ticketing.ts'

/** A tier on sale at 25.00 with 100 places, with what the test changes of it. */
export const newTestTier = (change: Partial<Tier> = {}): Tier => ({
  id: crypto.randomUUID(),
  name: 'General admission',
  description: null,
  price: { amountMinor: 2500, currency: 'USD' },
  status: 'on_sale',
  available: 100,
  maxPerOrder: 10,
  salesStartAt: null,
  salesEndAt: null,
  ...change,
})

/** An event a good while ahead with one tier, with what the test changes of it. */
export const newTestEvent = (change: Partial<VenueEvent> = {}): VenueEvent => ({
  id: crypto.randomUUID(),
  name: 'Late Set',
  description: null,
  location: null,
  startsAt: '2080-06-01T19:00:00.000Z',
  endsAt: null,
  timeZone: 'America/Chicago',
  currency: 'USD',
  status: 'scheduled',
  maxPerOrder: 10,
  tiers: [newTestTier()],
  ...change,
})
