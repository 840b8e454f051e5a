import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop } from '../../src/testing/testShop.ts'

let postgres: TestPostgres
let database: MigratableDatabase
beforeAll(async () => {
  postgres = await startTestPostgres()
  database = (await postgres.createDatabase()).open({ poolSize: 6 })
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
})

test('an event that somebody holds locked has not all connections: other events are sold at once', async () => {
  const open = () => openTestShop(database, { tiers: [{ capacity: 50 }] })
  const [locked, other] = [await open(), await open()]
  const ended: string[] = []
  const sell = (shop: typeof other, what: string) =>
    shop.hold().then(
      () => void ended.push(what),
      (error: { kind: string }) => void ended.push(`${what}: ${error.kind}`),
    )
  await database.withOwner(async connection => {
    await connection.exec(`begin; select from ticketing.tier_inventory where event_id = '${locked.eventId}' for update`)
    const waiting = Array.from({ length: 12 }, () => sell(locked, 'locked'))
    for (let sales = 0; sales < 5; sales += 1) await sell(other, 'sold')
    expect(ended).toEqual(Array(5).fill('sold'))
    await connection.exec('rollback')
    await Promise.all(waiting)
  })
  expect(ended.slice(5)).toEqual(Array(12).fill('locked'))
})
