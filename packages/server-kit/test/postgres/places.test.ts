import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { DatabaseError } from '../../src/ports/databaseError.ts'
import { checkInvariants } from '../../src/testing/checkInvariants.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop, type TestShop } from '../../src/testing/testShop.ts'

let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startTestPostgres({ flags: ['max_connections=150'] })
})
afterAll(() => postgres.stop())

const inUse = async (
  database: TestDatabase,
  work: (shop: TestShop, port: MigratableDatabase) => Promise<void>,
  capacity: number,
) => {
  const port = database.open({ poolSize: 64 })
  try {
    await work(await openTestShop(port, { tiers: [{ capacity }, { capacity: 10_000 }] }), port)
  } finally {
    await port.close()
  }
}

/** How each of many reservations at once ended. */
const rush = async (shop: TestShop, buyers: number): Promise<Record<string, number>> => {
  const ends = await Promise.all(
    Array.from({ length: buyers }, () =>
      shop.reserve().then(
        ({ outcome }) => outcome,
        error => (error instanceof DatabaseError ? error.kind : String(error)),
      ),
    ),
  )
  const counts: Record<string, number> = {}
  for (const end of ends) counts[end] = (counts[end] ?? 0) + 1
  return counts
}

test('200 buyers at once for 50 places: exactly 50 hold one, and every other reads sold out', async () => {
  const database = await postgres.createDatabase()
  await inUse(
    database,
    async shop => {
      expect(await rush(shop, 200)).toEqual({ reserved: 50, sold_out: 150 })
      expect(await shop.counters()).toMatchObject({ [shop.tierIds[0] ?? '']: { reserved: 50, issued: 0 } })
      expect(await shop.imbalances()).toEqual([])
      await shop.query('select 1')
    },
    50,
  )
})

test('500 buyers at once for the last seat: one has it', async () => {
  const database = await postgres.createDatabase()
  await inUse(
    database,
    async shop => {
      expect(await rush(shop, 500)).toEqual({ reserved: 1, sold_out: 499 })
      expect(await shop.imbalances()).toEqual([])
    },
    1,
  )
})

/** The same function without the guard on its UPDATE, over a table without the checks behind it. */
const removeGuard = async (database: TestDatabase): Promise<void> => {
  const [row] = await postgres.run(
    "select pg_get_functiondef('ticketing.reserve_order'::regproc) as source",
    database.name,
  )
  const guarded = String(row?.source)
  const bare = guarded.replace(/\s+and i\.reserved \+ i\.issued \+ line\.quantity <= i\.capacity/, '')
  expect(bare).not.toBe(guarded)
  await postgres.run(
    `${bare};
     alter table ticketing.tier_inventory drop constraint check_total_not_exceeds_capacity,
       drop constraint check_issued_not_exceeds_capacity, drop constraint check_quantities_non_negative`,
    database.name,
  )
}

/** Holds the tier's counter until so many reservations wait for it: all of them have read that there is room. */
const gather = async (database: TestDatabase, port: MigratableDatabase, tierId: string, waiting: number) => {
  let tell = () => {}
  const held = new Promise<void>(resolve => {
    tell = resolve
  })
  const released = port.withOwner(async connection => {
    await connection.exec('begin')
    await connection.query('select from ticketing.tier_inventory where tier_id = $1 for update', [tierId])
    tell()
    for (let count = 0; count < waiting; ) {
      const [row] = await postgres.run(
        `select count(*)::int as count from pg_stat_activity where datname = '${database.name}' and wait_event_type = 'Lock'`,
      )
      count = Number(row?.count)
    }
    await connection.exec('commit')
  })
  await held
  return { released }
}

test('with the guard removed the same rush oversells: the test above proves something', async () => {
  const database = await postgres.createDatabase()
  await removeGuard(database)
  await inUse(
    database,
    async (shop, port) => {
      const { released } = await gather(database, port, shop.tierIds[0] ?? '', 10)
      const { reserved = 0 } = await rush(shop, 200)
      await released
      expect(reserved).toBeGreaterThan(5)
    },
    5,
  )
})

test('with only the guard removed, the checks still let no place be sold twice', async () => {
  const database = await postgres.createDatabase()
  await removeGuard(database)
  await postgres.run(
    'alter table ticketing.tier_inventory add constraint check_total_not_exceeds_capacity check (reserved + issued <= capacity)',
    database.name,
  )
  await inUse(
    database,
    async shop => {
      const { reserved = 0 } = await rush(shop, 200)
      expect(reserved).toBeLessThanOrEqual(50)
      expect(await shop.imbalances()).toEqual([])
    },
    50,
  )
})

test('64 clients that name two tiers in opposite order, and a shared pool, never see a deadlock', async () => {
  const database = await postgres.createDatabase()
  const port = database.open({ poolSize: 64 })
  const shop = await openTestShop(port, {
    pools: [{ capacity: 500 }],
    tiers: [{ capacity: 1000 }, { capacity: 1000 }],
    event: { maxPerOrder: 20 },
  })
  const [a = '', b = ''] = shop.tierIds
  const carts = [
    [a, b],
    [b, a],
  ].map(ids => ids.map((tierId, index) => ({ tierId, quantity: index + 1 })))
  const answers = await Promise.all(
    Array.from({ length: 256 }, (_, index) =>
      shop.reserve({ items: carts[index % 2] ?? [] }).catch(error => error.kind),
    ),
  )
  expect(answers.filter(answer => answer.outcome === 'reserved')).toHaveLength(166)
  expect(new Set(answers.map(answer => answer.outcome ?? answer))).toEqual(new Set(['reserved', 'sold_out']))
  const [deadlocks] = await postgres.run(
    `select deadlocks::int from pg_stat_database where datname = '${database.name}'`,
  )
  expect(deadlocks).toEqual({ deadlocks: 0 })
  expect(await shop.imbalances()).toEqual([])
  await port.withOwner(checkInvariants)
  await port.close()
})

test('the same request from 30 nodes at once is one order', async () => {
  const database = await postgres.createDatabase()
  await inUse(
    database,
    async shop => {
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => shop.reserve({ client_key: 'one', order_id: crypto.randomUUID() })),
      )
      const ids = answers.map(answer => (answer.outcome === 'reserved' ? answer.order.id : answer.outcome))
      expect(new Set(ids).size).toBe(1)
      expect(await shop.counters()).toMatchObject({ [shop.tierIds[0] ?? '']: { reserved: 1 } })
    },
    1,
  )
})

test('40 orders of one buyer at once slip past no limit of holds; another buyer waits for nothing', async () => {
  const database = await postgres.createDatabase()
  await inUse(
    database,
    async shop => {
      const answers = await Promise.all(Array.from({ length: 40 }, () => shop.reserve({ max_holds: 3 })))
      expect(answers.filter(({ outcome }) => outcome === 'reserved')).toHaveLength(3)
      expect(answers.filter(({ outcome }) => outcome === 'too_many_holds')).toHaveLength(37)
      const other = await shop.reserve({ max_holds: 3, buyer: { name: 'Bo', email: 'bo@example.com' } })
      expect(other.outcome).toBe('reserved')
    },
    100,
  )
})
