import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop, type TestShop } from '../../src/testing/testShop.ts'
import { type HeldRows, holdRows } from './heldRows.ts'

let postgres: TestPostgres
let database: MigratableDatabase
let held: HeldRows
let shop: TestShop
beforeAll(async () => {
  postgres = await startTestPostgres()
  database = (await postgres.createDatabase()).open({ poolSize: 4 })
  held = await holdRows(database)
})
beforeEach(async () => {
  await held.arrange()
  shop = await openTestShop(database, { pools: [{ capacity: 10 }] })
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
})

const actor = 'Ida'
const id = () => crypto.randomUUID()
const event = () => ({ event_id: shop.eventId })
const lockEvent = () => `select from ticketing.events where event_id = '${shop.eventId}' for no key update`
const lockCounter = (table: string) => `select from ticketing.${table} where event_id = '${shop.eventId}' for update`

/** What waits for a row journals the time at which it got it. */
const changes: Record<string, { hold: () => string; call: () => Promise<{ outcome: string }> }> = {
  set_tier_capacity: {
    hold: () => lockCounter('tier_inventory'),
    call: () =>
      database.call('ticketing.set_tier_capacity', { ...event(), tier_id: shop.tierIds[0] ?? '', capacity: 9, actor }),
  },
  set_pool_capacity: {
    hold: () => lockCounter('pool_inventory'),
    call: () =>
      database.call('ticketing.set_pool_capacity', { ...event(), pool_id: shop.poolIds[0] ?? '', capacity: 9, actor }),
  },
  create_tier: {
    hold: lockEvent,
    call: () =>
      database.call('ticketing.create_tier', {
        ...event(),
        tier: { id: id(), name: 'Balcony', priceMinor: 500, capacity: 5 },
      }),
  },
  create_pool: {
    hold: lockEvent,
    call: () => database.call('ticketing.create_pool', { ...event(), pool: { id: id(), name: 'Side', capacity: 5 } }),
  },
}

test.each(Object.entries(changes))('%s journals no time from before its lock', async (_, { hold, call }) => {
  expect(await held.waitFor({ hold: hold(), call })).toMatchObject({ outcome: 'found' })
  expect(await held.staleTables()).toEqual([])
})
