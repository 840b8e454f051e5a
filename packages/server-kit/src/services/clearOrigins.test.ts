import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseImage } from '../testing/databaseImage.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { type TestClock, testClock } from '../testing/testClock.ts'
import { openTestShop, type TestShop } from '../testing/testShop.ts'

let stage: TestKit
let clock: TestClock
beforeAll(async () => {
  stage = await startTestKit()
  clock = await testClock(stage.database)
}, 60_000)
afterAll(() => stage.close())

const origin = { keyId: 'k', ip: '203.0.113.7', attribution: { utmSource: 'poster' } } as never
const day = 86_400_000

/** A show that is over a day from now, with one order for each origin. */
const openShop = async (origins: never[]): Promise<TestShop> => {
  const startsAt = new Date(clock.now() + day).toISOString()
  const endsAt = startsAt
  const shop = await openTestShop(stage.database, { event: { startsAt, endsAt }, tiers: [{ capacity: 5000 }] })
  for (const one of origins)
    await shop.hold({ origin: one, buyer: { name: 'A', email: `${crypto.randomUUID()}@a.example` } })
  return shop
}

const knowing = async (shop: TestShop): Promise<number> =>
  (await shop.query('select from ticketing.orders where event_id = $1 and origin is not null', [shop.eventId])).length

const purge = async (): Promise<number> => {
  await clock.advance(3_601_000)
  const run = (await stage.kit.jobs.run('purge')) as { report?: { orderOrigins: number } }
  return run.report?.orderOrigins ?? -1
}

test('half a year after a show its orders forget where they came from, and nothing else changes', async () => {
  const shop = await openShop([origin, origin, null as never])
  await clock.advance(180 * day)
  expect(await purge()).toBe(0)
  expect(await knowing(shop)).toBe(2)
  const before = await databaseImage(stage.database)
  await clock.advance(day)
  expect(await purge()).toBe(2)
  expect(await knowing(shop)).toBe(0)
  const after = await databaseImage(stage.database)
  for (const table of [
    'ticketing.journal',
    'ticketing.tier_inventory',
    'ticketing.order_items',
    'ticketing.order_keys',
  ]) {
    expect(after[table]).toEqual(before[table])
  }
  expect(await shop.imbalances()).toEqual([])
  expect(await purge()).toBe(0)
})

test('a show that is put off is looked at again after its new end', async () => {
  const shop = await openShop([origin])
  await clock.advance(182 * day)
  expect(await purge()).toBe(1)
  await shop.query('update ticketing.events set starts_at = $2, ends_at = $2, over_at = $2 where event_id = $1', [
    shop.eventId,
    new Date(clock.now() + day).toISOString(),
  ])
  await shop.hold({ origin })
  await clock.advance(100 * day)
  expect(await purge()).toBe(0)
  await clock.advance(82 * day)
  expect(await purge()).toBe(1)
})

test('many go batch by batch, and one that ends early goes on where it was', async () => {
  const shop = await openShop([])
  await shop.query(
    `insert into ticketing.orders (event_id, order_id, total_minor, currency, buyer_name, buyer_email, origin, created_at,
       hold_expires_at, hold_ends_at)
     select $1, gen_random_uuid(), 0, 'USD', 'A', n || '@a.example', '{"keyId": "k"}', $2, $2, $2 from generate_series(1, 2500) n`,
    [shop.eventId, new Date(clock.now()).toISOString()],
  )
  const first = await stage.database.call('ticketing.clear_origins', {
    event_id: shop.eventId,
    after: null,
    max_orders: 1000,
  })
  expect(first).toMatchObject({ cleared: 1000, after: expect.any(String) })
  expect(await knowing(shop)).toBe(1500)
  await clock.advance(182 * day)
  expect(await purge()).toBe(1500)
  expect(await knowing(shop)).toBe(0)
})
