import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { DatabaseError } from '../../src/ports/databaseError.ts'
import { checkInvariants } from '../../src/testing/checkInvariants.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop, type TestShop } from '../../src/testing/testShop.ts'

let postgres: TestPostgres
let place: TestDatabase
let database: MigratableDatabase

beforeAll(async () => {
  postgres = await startTestPostgres({ flags: ['max_connections=150'] })
  place = await postgres.createDatabase()
  database = place.open({ poolSize: 64 })
})
afterEach(async () => {
  await database.withOwner(checkInvariants)
  const [row] = await postgres.run(`select deadlocks::int from pg_stat_database where datname = '${place.name}'`)
  expect(row).toEqual({ deadlocks: 0 })
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
})

const times = <Value>(count: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_, index) => make(index))

const outcomeOf = async (work: Promise<{ outcome: string }>): Promise<string> => {
  try {
    return (await work).outcome
  } catch (error) {
    if (error instanceof DatabaseError) return error.kind
    throw error
  }
}

const count = (outcomes: string[]): Record<string, number> =>
  Object.fromEntries([...new Set(outcomes)].map(name => [name, outcomes.filter(outcome => outcome === name).length]))

/** Two tiers of 1,000 places on one pool of `capacity`. */
const openHall = (capacity: number): Promise<TestShop> =>
  openTestShop(database, {
    pools: [{ capacity }],
    tiers: [
      { capacity: 1000, priceMinor: 0 },
      { capacity: 1000, priceMinor: 0 },
    ],
    event: { maxPerOrder: 50 },
  })

const cartOf = (shop: TestShop, index: number, quantity = 1) => {
  const ids = index % 2 === 0 ? shop.tierIds : shop.tierIds.toReversed()
  return ids.map(tierId => ({ tierId, quantity }))
}

const giftOf = (shop: TestShop, items: { tierId: string; quantity: number }[]) =>
  outcomeOf(
    database.call('ticketing.create_house_order', {
      event_id: shop.eventId,
      order_id: crypto.randomUUID(),
      kind: 'comp',
      client_key: `comp ${crypto.randomUUID()}`,
      request_hash: 'h',
      items,
      buyer: { name: 'Grace', email: 'grace@example.com' },
      payment: null,
      source: { kind: 'comp', actor: 'Ida' },
    }),
  )

const setCapacity = (shop: TestShop, capacity: number) =>
  outcomeOf(
    database.call('ticketing.set_pool_capacity', {
      event_id: shop.eventId,
      pool_id: shop.poolIds[0] ?? '',
      capacity,
      actor: 'Ida',
    }),
  )

test('200 buyers of two tiers at once share one pool of 51: 51 hold a place, the others read sold out', async () => {
  const shop = await openHall(51)
  const ends = await Promise.all(
    times(200, index => outcomeOf(shop.reserve({ items: [{ tierId: shop.tierIds[index % 2] ?? '', quantity: 1 }] }))),
  )
  expect(count(ends)).toEqual({ reserved: 51, sold_out: 149 })
  expect((await shop.counters())[shop.poolIds[0] ?? '']).toEqual({ reserved: 51, issued: 0 })
})

test('carts of both tiers, in opposite order, are summed against the pool: two places each', async () => {
  const shop = await openHall(51)
  const ends = await Promise.all(times(128, index => outcomeOf(shop.reserve({ items: cartOf(shop, index) }))))
  expect(count(ends)).toEqual({ reserved: 25, sold_out: 103 })
  expect((await shop.counters())[shop.poolIds[0] ?? '']).toEqual({ reserved: 50, issued: 0 })
})

test('with the pool’s guard and check removed the same rush oversells: the tests above prove something', async () => {
  const bare = await postgres.createDatabase()
  const port = bare.open({ poolSize: 64 })
  const [row] = await postgres.run("select pg_get_functiondef('ticketing.take_pools'::regproc) as source", bare.name)
  const source = String(row?.source)
  const unguarded = source.replace(/\s+and i\.reserved \+ i\.issued \+ part\.quantity <= i\.capacity/, '')
  expect(unguarded).not.toBe(source)
  await postgres.run(
    `${unguarded};
     alter table ticketing.pool_inventory drop constraint pool_total_not_exceeds_capacity,
       drop constraint pool_issued_not_exceeds_capacity`,
    bare.name,
  )
  const shop = await openTestShop(port, { pools: [{ capacity: 51 }], tiers: [{ capacity: 1000 }, { capacity: 1000 }] })
  const ends = await Promise.all(
    times(200, index => outcomeOf(shop.reserve({ items: [{ tierId: shop.tierIds[index % 2] ?? '', quantity: 1 }] }))),
  )
  expect(count(ends).reserved).toBeGreaterThan(51)
  await port.close()
})

test('buyers, gifts and releases over two tiers and one pool, all at once: never oversold, no deadlock', async () => {
  const shop = await openHall(60)
  const buy = async (index: number): Promise<string> => {
    const answer = await shop.reserve({ items: cartOf(shop, index) }).catch((error: DatabaseError) => error)
    if (answer instanceof DatabaseError) return answer.kind
    if (answer.outcome !== 'reserved') return answer.outcome
    if (index % 3 === 0) {
      await database.call('ticketing.cancel_order', {
        event_id: shop.eventId,
        order_id: answer.order.id,
        reason: 'test',
      })
      return 'cancelled'
    }
    return (await shop.complete(answer.order.id, null, { kind: 'free' })).outcome
  }
  const ends = await Promise.all(
    times(192, index => (index % 4 === 3 ? giftOf(shop, cartOf(shop, index)) : buy(index))),
  )
  expect(new Set(ends)).toEqual(new Set(['issued', 'cancelled', 'sold_out']))
  const { issued = 0 } = (await shop.counters())[shop.poolIds[0] ?? ''] ?? {}
  expect(issued).toBe((count(ends).issued ?? 0) * 2)
  expect(issued).toBeLessThanOrEqual(60)
})

test('a pool that shrinks and grows while it sells never holds more than it has', async () => {
  const shop = await openHall(200)
  const sales = times(150, index =>
    outcomeOf(shop.reserve({ items: [{ tierId: shop.tierIds[index % 2] ?? '', quantity: 1 }] })),
  )
  const changes = times(30, index => setCapacity(shop, index % 2 === 0 ? 40 + index : 160))
  const [sold, changed] = await Promise.all([Promise.all(sales), Promise.all(changes)])
  expect(new Set(changed)).toEqual(new Set(changed.includes('below_floor') ? ['found', 'below_floor'] : ['found']))
  const { reserved = 0 } = (await shop.counters())[shop.poolIds[0] ?? ''] ?? {}
  expect(reserved).toBe(count(sold).reserved)
  expect(await setCapacity(shop, reserved - 1)).toBe('below_floor')
  expect(await setCapacity(shop, reserved)).toBe('found')
  expect(await outcomeOf(shop.reserve())).toBe('sold_out')
})

test('a pool is not taken from a tier while an order of it is under way', async () => {
  const shop = await openHall(10)
  const ends = await Promise.all(
    times(40, index =>
      index % 8 === 4
        ? outcomeOf(
            database.call('ticketing.update_tier', {
              event_id: shop.eventId,
              tier_id: shop.tierIds[0] ?? '',
              change: { poolId: null },
              actor: 'Ida',
            }),
          )
        : outcomeOf(shop.reserve()),
    ),
  )
  const tiers = await shop.query<{ pool_id: string | null }>('select pool_id from ticketing.tiers where tier_id = $1', [
    shop.tierIds[0],
  ])
  const lines = await shop.query<{ pools: number; lines: number }>(
    'select count(pool_id)::int as pools, count(*)::int as lines from ticketing.order_items where event_id = $1',
    [shop.eventId],
  )
  expect(lines[0]?.lines).toBe(count(ends).reserved)
  if (tiers[0]?.pool_id !== null) expect(ends).toContain('pool_fixed')
})
