import type { Database, MigratableDatabase } from '../../packages/server-kit/src/ports/database.ts'
import { madePriceMinor } from './orderBook.ts'

/** A tier on sale, as hot as it gets: every call is about this one. */
export interface BenchShop {
  venueId: string
  eventId: string
  tierId: string
}

/** A venue with one key and one page. */
export interface BenchVenue {
  venueId: string
  key: string
  origin: string
}

export const createVenue = async (database: Database): Promise<BenchVenue> => {
  const venue = { venueId: crypto.randomUUID(), key: 'vk_pub_bench', origin: 'https://venue.example' }
  await database.call('venuekit.create_venue', { venue_id: venue.venueId, name: 'Bench' })
  await database.call('venuekit.set_key', {
    publishable_key: venue.key,
    venue_id: venue.venueId,
    allowed_origins: [venue.origin],
  })
  return venue
}

export const openShop = async (database: Database, venueId: string, capacity = 10_000_000): Promise<BenchShop> => {
  const shop = { venueId, eventId: crypto.randomUUID(), tierId: crypto.randomUUID() }
  await database.call('ticketing.create_event', {
    event_id: shop.eventId,
    event: {
      id: shop.eventId,
      venueId,
      name: 'Late Set',
      startsAt: '2999-01-01T00:00:00.000Z',
      timeZone: 'UTC',
      currency: 'USD',
      tiers: [{ id: shop.tierId, name: 'Floor', priceMinor: madePriceMinor, capacity }],
    },
  })
  return shop
}

export const reserve = async (
  database: Database,
  { venueId, eventId, tierId }: BenchShop,
  expected: 'reserved' | 'sold_out' = 'reserved',
): Promise<void> => {
  const { outcome } = await database.call('ticketing.reserve_order', {
    event_id: eventId,
    order_id: crypto.randomUUID(),
    venue_id: venueId,
    client_key: crypto.randomUUID(),
    request_hash: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
    items: [{ tierId, quantity: 1 }],
    buyer: { name: 'Ada Lovelace', email: 'ada@example.com' },
    return_url: 'https://venue.example/tickets',
    locale: 'en',
    expected_total_minor: madePriceMinor,
    origin: { ip: '192.0.2.1', keyId: 'vk_pub_bench' },
  })
  if (outcome !== expected) throw new Error(`a reservation was answered by ${outcome}, not ${expected}`)
}

/** Leaves no room beyond what is taken. */
export const sellOut = async (database: MigratableDatabase, shop: BenchShop): Promise<void> => {
  const [counter] = await database.withOwner(connection =>
    connection.query<{ taken: number }>(
      'select reserved + issued as taken from ticketing.tier_inventory where event_id = $1 and tier_id = $2',
      [shop.eventId, shop.tierId],
    ),
  )
  const answer = await database.call('ticketing.set_tier_capacity', {
    event_id: shop.eventId,
    tier_id: shop.tierId,
    capacity: counter?.taken ?? 0,
    actor: 'bench',
  })
  if (answer.outcome !== 'found') throw new Error(`the capacity was not set: ${answer.outcome}`)
}
