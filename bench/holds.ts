import type { MigratableDatabase, SqlFunctionName } from '../packages/server-kit/src/ports/database.ts'
import { launchTestPostgres } from '../packages/server-kit/src/testing/testPostgres.ts'

/** Connections and callers at once. */
const clients = 32
const rounds = 8
const roundMs = 1500

interface Shop {
  venueId: string
  eventId: string
  tierId: string
}

/** A tier that never sells out, as hot as it gets: every call updates its one row. */
const openShop = async (database: MigratableDatabase): Promise<Shop> => {
  const shop = { venueId: crypto.randomUUID(), eventId: crypto.randomUUID(), tierId: crypto.randomUUID() }
  await database.call('venuekit.create_venue', { venue_id: shop.venueId, name: 'Bench' })
  await database.call('ticketing.create_event', {
    event_id: shop.eventId,
    event: {
      id: shop.eventId,
      venueId: shop.venueId,
      name: 'Hot',
      startsAt: '2999-01-01T00:00:00.000Z',
      timeZone: 'UTC',
      currency: 'USD',
      tiers: [{ id: shop.tierId, name: 'Floor', priceMinor: 2500, capacity: 10_000_000 }],
    },
  })
  return shop
}

const bareUpdate = ({ eventId, tierId }: Shop): string => `
create function venuekit.bare_update() returns jsonb language sql volatile as $$
  update ticketing.tier_inventory set capacity = capacity + 1
  where event_id = '${eventId}' and tier_id = '${tierId}' returning 'true'::jsonb
$$;
alter function venuekit.bare_update security definer;
grant execute on function venuekit.bare_update to venuekit_app`

const reserve = (database: MigratableDatabase, { venueId, eventId, tierId }: Shop): Promise<unknown> =>
  database.call('ticketing.reserve_order', {
    event_id: eventId,
    order_id: crypto.randomUUID(),
    venue_id: venueId,
    client_key: crypto.randomUUID(),
    request_hash: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
    items: [{ tierId, quantity: 1 }],
    buyer: { name: 'Ada Lovelace', email: 'ada@example.com' },
    return_url: 'https://venue.example/tickets',
    locale: 'en',
    expected_total_minor: 2500,
    origin: { ip: '192.0.2.1', keyId: 'vk_pub_bench' },
  })

/** Calls per second of all clients together, each one call after the other. */
const measure = async (call: () => Promise<unknown>, milliseconds: number): Promise<number> => {
  const begun = performance.now()
  let calls = 0
  const client = async (): Promise<void> => {
    while (performance.now() - begun < milliseconds) {
      await call()
      calls++
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return (calls * 1000) / (performance.now() - begun)
}

const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
const whole = (number: number): string => Math.round(number).toLocaleString('en')

const compare = async (database: MigratableDatabase, shop: Shop): Promise<void> => {
  const bare = () => database.call('venuekit.bare_update' as SqlFunctionName, {} as never)
  const hold = () => reserve(database, shop)
  await measure(bare, roundMs / 2)
  await measure(hold, roundMs / 2)
  const results: { bare: number; hold: number }[] = []
  // In turns, so that whatever else the machine does meets both.
  for (let round = 0; round < rounds; round++) {
    results.push({ bare: await measure(bare, roundMs), hold: await measure(hold, roundMs) })
    const last = results.at(-1)
    if (last) console.log(`round ${round + 1}: ${whole(last.hold)} holds/s, ${whole(last.bare)} bare updates/s`)
  }
  const holds = median(results.map(result => result.hold))
  const updates = median(results.map(result => result.bare))
  const ratio = median(results.map(result => result.hold / result.bare))
  console.log(`reservations on one hot tier   ${whole(holds)}/s (order, line, journal, idempotency, privileges)`)
  console.log(`bare durable update of its row ${whole(updates)}/s`)
  console.log(`ratio ${ratio.toFixed(2)} x`)
}

/** Reservations on one hot tier beside a bare durable UPDATE of the same row, through the same adapter. */
export const run = async (): Promise<void> => {
  const postgres = await launchTestPostgres({ fsync: true })
  const place = await postgres.createDatabase()
  const database = place.open({ poolSize: clients })
  try {
    const shop = await openShop(database)
    await postgres.run(bareUpdate(shop), place.name)
    await compare(database, shop)
  } finally {
    await database.close()
    await postgres.stop()
  }
}
