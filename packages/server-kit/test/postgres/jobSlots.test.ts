import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import { type TestClock, testClock } from '../../src/testing/testClock.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop, type TestShop } from '../../src/testing/testShop.ts'

let postgres: TestPostgres
let database: MigratableDatabase
let clock: TestClock
beforeAll(async () => {
  postgres = await startTestPostgres()
  database = (await postgres.createDatabase()).open({ poolSize: 12 })
  clock = await testClock(database)
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
})

const take = (job: string, extra = false) =>
  database.call('venuekit.take_job_slot', {
    job,
    worker: 'one',
    every_seconds: 60,
    daily_at: null,
    time_zone: null,
    extra,
  })

test('of ten who ask for a run beside the slots at once, one has it', async () => {
  for (let round = 0; round < 20; round += 1) {
    const answers = await Promise.all(Array.from({ length: 10 }, () => take(`hand ${round}`, true)))
    expect(answers.filter(({ taken }) => taken)).toHaveLength(1)
    expect(answers.filter(answer => !answer.taken && answer.reason === 'under_way')).toHaveLength(9)
  }
})

test('a slot that is being taken in a transaction under way keeps the next one from being taken beside it', async () => {
  await clock.set('2027-06-01T12:00:59.999Z')
  await database.withOwner(async connection => {
    await connection.exec('begin')
    await connection.query("select venuekit.take_job_slot('edge', 'other', 60, null, null)")
    await clock.set('2027-06-01T12:01:00.000Z')
    expect(await take('edge')).toEqual({ taken: false, reason: 'under_way' })
    await connection.exec('commit')
  })
  expect(await take('edge')).toEqual({ taken: false, reason: 'under_way' })
})

const buy = async (shop: TestShop): Promise<void> => {
  const orderId = await shop.hold()
  const { sessionId } = await shop.checkout(orderId)
  await shop.complete(orderId, shop.payment(sessionId))
}
const isWaiting = async () =>
  (await database.withOwner(connection => connection.query('select from pg_locks where not granted'))).length > 0

test('the database alone adds up beside a worker that was frozen, and neither is the end of the other', async () => {
  await clock.set('2027-06-02T12:00Z')
  const shops = [await openTestShop(database), await openTestShop(database)]
  // The event whose turn comes last, by age or by id, is the worker's.
  shops.sort((one, other) => (one.eventId < other.eventId ? -1 : 1))
  for (const shop of shops) await buy(shop)
  await clock.advance(20 * 60_000)
  const last = shops[1]?.eventId ?? ''
  const running = await database.withOwner(async connection => {
    await connection.exec(`begin; select from ticketing.lock_sales('${last}')`)
    const cron = database.withOwner(other =>
      other.query<{ report: object }>('select venuekit.run_roll_up_sales() as report'),
    )
    await expect.poll(isWaiting).toBe(true)
    // Goes on to what all events share, which nobody may hold while waiting for this event.
    await connection.exec(`select ticketing.roll_up_sales('${last}', 1000); commit`)
    return { cron }
  })
  expect(await running.cron).toMatchObject([{ report: { taken: true } }])
  const [sum] = await database.withOwner(connection =>
    connection.query('select sum(issued)::integer as issued from venuekit.sales_periods'),
  )
  expect(sum).toEqual({ issued: 2 })
})

test('whoever counts a call while the database alone purges waits for none of it', async () => {
  await clock.set('2027-06-03T12:00Z')
  const shop = await openTestShop(database)
  const orderId = await shop.hold()
  await shop.query(`update ticketing.orders set origin = '{}' where order_id = $1`, [orderId])
  await shop.query("update ticketing.events set over_at = '2026-01-01' where event_id = $1", [shop.eventId])
  const count = () =>
    database.call('venuekit.take_rate', { buckets: [{ bucket: 'orders of ada', maximum: 1, windowSeconds: 10 }] })
  await count()
  await clock.advance(11_000)
  const days = { webhooks: 90, reconciliations: 400, orphanPayments: 400, alerts: 90, jobRuns: 30, messageErrors: 30 }
  const running = await database.withOwner(async connection => {
    await connection.exec(`begin; select from ticketing.orders where order_id = '${orderId}' for update`)
    const cron = database.withOwner(other =>
      other.query('select venuekit.run_purge($1) as run', [JSON.stringify({ ...days, orderOrigins: 180 })]),
    )
    await expect.poll(isWaiting).toBe(true)
    expect(await count()).toEqual({ outcome: 'taken' })
    await connection.exec('commit')
    return { cron }
  })
  expect(await running.cron).toMatchObject([{ run: { report: { orderOrigins: 1, rates: 0 } } }])
})
