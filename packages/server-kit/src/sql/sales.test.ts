import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase, SqlResult } from '../ports/database.ts'
import { createPgliteDatabase } from '../testing/createPgliteDatabase.ts'
import { type TestClock, testClock } from '../testing/testClock.ts'
import { openTestShop, type TestShop } from '../testing/testShop.ts'

let database: MigratableDatabase
let clock: TestClock
let shop: TestShop

beforeAll(async () => {
  database = await createPgliteDatabase()
  clock = await testClock(database)
  // It stands, so that no period ends between two readings.
  await clock.set('2027-06-01T12:02:00Z')
  shop = await openTestShop(database, { tiers: [{ capacity: 50 }] })
}, 60_000)
afterAll(() => database.close())

type Step = 'minutes' | 'hour' | 'day'
type Found = Extract<SqlResult<'ticketing.read_sales'>, { outcome: 'found' }>['sales']

const read = async (step: Step, eventId: string | null = shop.eventId, timeZone = 'UTC'): Promise<Found> => {
  const answer = await database.call('ticketing.read_sales', { event_id: eventId, step, time_zone: timeZone })
  if (answer.outcome !== 'found') throw new Error(answer.outcome)
  return answer.sales
}

const rollUp = (maxEntries = 1000) =>
  database.call('ticketing.roll_up_sales', { event_id: shop.eventId, max_entries: maxEntries })

const buy = async (): Promise<void> => {
  const orderId = await shop.hold()
  const { sessionId } = await shop.checkout(orderId)
  await shop.complete(orderId, shop.payment(sessionId))
}

const sum = (sales: Found, count: 'issued' | 'returned') =>
  sales.buckets.reduce((total, bucket) => total + bucket[count], 0)

test('what is kept by period and what the journal alone knows add up to the same, wherever the line is drawn', async () => {
  await buy()
  await buy()
  await shop.hold()
  await clock.advance(660_000)
  await buy()
  const before = { minutes: await read('minutes'), hour: await read('hour'), day: await read('day') }
  expect(sum(before.minutes, 'issued')).toBe(3)
  expect(before.minutes.reservedNow).toBe(1)
  expect(before.minutes.buckets).toHaveLength(72)
  expect(before.minutes.buckets.at(-1)).toMatchObject({
    issued: 1,
    reserved: 1,
    taken: [{ amountMinor: 1000, currency: 'USD' }],
    givenBack: [],
  })
  await clock.advance(14 * 60_000)
  const later = { minutes: await read('minutes'), hour: await read('hour'), day: await read('day') }
  expect(await rollUp(2)).toEqual({ rolledUp: 2, more: true })
  for (const step of ['minutes', 'hour', 'day'] as const) expect(await read(step)).toEqual(later[step])
  // What is younger than a quarter of an hour is left to the journal, and not counted as done.
  const [rest] = await database.withOwner(connection =>
    connection.query<{ settled: number; young: number }>(
      `select count(*) filter (where occurred_at < venuekit.clock() - interval '15 minutes')::integer - 2 as settled,
        count(*) filter (where occurred_at >= venuekit.clock() - interval '15 minutes')::integer as young
       from ticketing.journal`,
    ),
  )
  expect(rest?.young).toBeGreaterThan(0)
  expect(await rollUp()).toEqual({ rolledUp: rest?.settled, more: false })
  expect(await rollUp()).toEqual({ rolledUp: 0, more: false })
  expect(await database.call('ticketing.events_to_roll_up', { max_events: 10 })).toEqual({ eventIds: [] })
  for (const step of ['minutes', 'hour', 'day'] as const) expect(await read(step)).toEqual(later[step])
  expect((await read('minutes', null)).buckets).toEqual(later.minutes.buckets)
  await clock.advance(60_000 + 1)
  expect(await database.call('ticketing.events_to_roll_up', { max_events: 10 })).toEqual({ eventIds: [shop.eventId] })
  expect(await rollUp()).toEqual({ rolledUp: rest?.young, more: false })
})

test('an entry that commits ten minutes after a newer one is added up with it', async () => {
  const [late] = await database.withOwner(connection =>
    connection.query<{ entry_id: string; occurred_at: string }>(
      `select nextval(pg_get_serial_sequence('ticketing.journal', 'entry_id'))::text as entry_id,
        venuekit.iso(venuekit.clock()) as occurred_at`,
    ),
  )
  await buy()
  await clock.advance(10 * 60_000)
  await rollUp()
  const issued = sum(await read('minutes'), 'issued')
  await database.withOwner(connection =>
    connection.exec(
      `insert into ticketing.journal (event_id, entry_id, occurred_at, kind, tier_id, issued_delta)
       overriding system value
       values ('${shop.eventId}', ${late?.entry_id}, '${late?.occurred_at}', 'issue', '${shop.tierIds[0]}', 1)`,
    ),
  )
  await clock.advance(10 * 60_000)
  await rollUp()
  expect(sum(await read('minutes'), 'issued')).toBe(issued + 1)
})
