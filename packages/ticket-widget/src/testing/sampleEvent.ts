import type { Order, Tier, VenueEvent } from '@venuekit/core/contracts'

export const eventId = '7c0d6a2e-3d8b-4f0e-9d43-0b8f6f6f2a11'
export const orderId = '2b8f4a0e-8c53-4d5a-8c7f-0a8c1c8c3b22'

/** A token as the server makes them, for the sample event and order; nobody here checks the signature. */
export const orderToken = (forEvent = eventId, forOrder = orderId): string => {
  const hex = `${forEvent}${forOrder}`.replaceAll('-', '')
  const bytes = (hex.match(/../g) ?? []).map(pair => String.fromCharCode(Number.parseInt(pair, 16)))
  const payload = btoa(`${bytes.join('')}\0\0\0\x01`)
    .replaceAll('+', '-')
    .replaceAll('/', '_')
  return `vko_k1.${payload}.${'A'.repeat(43)}`
}

export const sampleTier = (name: string, amountMinor: number, changes: Partial<Tier> = {}): Tier => ({
  id: `tier-${name.toLowerCase().replaceAll(' ', '-')}`,
  name,
  description: null,
  price: { amountMinor, currency: 'USD' },
  status: 'on_sale',
  available: 120,
  maxPerOrder: 6,
  salesStartAt: null,
  salesEndAt: null,
  ...changes,
})

export const sampleEvent = (changes: Partial<VenueEvent> = {}): VenueEvent => ({
  id: eventId,
  name: 'The Night Owls: November Residency',
  description: null,
  location: 'The Lantern Room, 214 Canal Street, Chicago',
  startsAt: '2026-11-29T02:00:00.000Z',
  endsAt: '2026-11-29T05:00:00.000Z',
  timeZone: 'America/Chicago',
  currency: 'USD',
  status: 'scheduled',
  maxPerOrder: 8,
  tiers: [
    sampleTier('General admission', 2000, { description: 'Standing, main floor' }),
    sampleTier('Balcony', 3550, { available: 3 }),
  ],
  ...changes,
})

export const sampleOrder = (changes: Partial<Order> = {}): Order => ({
  id: orderId,
  eventId,
  status: 'reserved',
  items: [
    {
      line: 1,
      tierId: 'tier-general-admission',
      tierName: 'General admission',
      quantity: 2,
      unitPrice: { amountMinor: 2000, currency: 'USD' },
      total: { amountMinor: 4000, currency: 'USD' },
    },
  ],
  total: { amountMinor: 4000, currency: 'USD' },
  buyer: { name: 'Ada Lovelace', email: 'ada@example.com' },
  createdAt: '2026-11-01T10:00:00.000Z',
  holdExpiresAt: '2026-11-01T10:36:00.000Z',
  fulfilledAt: null,
  tickets: [],
  serverNow: '2026-11-01T10:00:00.000Z',
  ...changes,
})

/** As long as real ones: what they say decides how fine the QR code is. */
const codes = [
  'VK1:YEIFNBUQ5%+9GI9BZJG1I7EKFSOY%JUQ5%+9KMHBZJG1I7EKDSO100:1E+W5CV0O56:W6CC3J62$F0T4I:*LI61GZVX9KO%EQDRL1OD*Q5Z7-+JBYQ2LAA:K2/JA3VI EETE2.PT43W-BY0LATMYJG',
  'VK1:YEIFNBUQ5%+9GI9BZJG1I7EKFSOY%JUQ5%+9KMHBZJG1I7EKESO100D7V$O1/:SSFJI*RA8VC*UBCVW4E3+H/EOB6P8/E B8: 08+UZ.VU.NEP0 RMI$VXES4Q7K BIAOZ$0NOS  BW7S.VN.68PDF',
]

/** The same order once it is paid, with its two tickets. */
export const fulfilledOrder = (changes: Partial<Order> = {}): Order =>
  sampleOrder({
    status: 'fulfilled',
    holdExpiresAt: null,
    fulfilledAt: '2026-11-01T10:03:00.000Z',
    tickets: [1, 2].map(ordinal => ({
      id: `9d1b2c3d-4e5f-8a6b-9c7d-8e9fa0b1c2d${ordinal}`,
      line: 1,
      ordinal,
      tierId: 'tier-general-admission',
      tierName: 'General admission',
      status: 'valid',
      code: codes[ordinal - 1] ?? '',
      codeVersion: 1,
    })),
    ...changes,
  })
