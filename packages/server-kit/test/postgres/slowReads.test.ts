import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'
import { withMoreTime } from '../withMoreTime.ts'

let postgres: TestPostgres
let place: TestDatabase
beforeAll(async () => {
  postgres = await startTestPostgres()
  place = await postgres.createDatabase()
  // Slow is what goes on until nobody holds the lock any more.
  await postgres.run(
    `create or replace function ticketing.get_health() returns jsonb language plpgsql as
       $$ begin perform pg_advisory_xact_lock_shared(7); return '{}'; end $$`,
    place.name,
  )
})
afterAll(() => postgres.stop())

/**
 * Six look at once; who sells calls while they do. A look lasts until all calls of that kind have ended. Answers how
 * each ended, in that order.
 */
const rush = async (database: MigratableDatabase, untilEnded: number): Promise<string[]> => {
  const ended: string[] = []
  await database.withOwner(async connection => {
    await connection.exec('select pg_advisory_lock(7)')
    let letGo = () => {}
    const enough = new Promise<void>(resolve => {
      letGo = resolve
    })
    const end = (what: string) => {
      ended.push(what)
      if (ended.length === untilEnded) letGo()
    }
    const note = (call: Promise<unknown>, what: string) =>
      call.then(
        () => end(what),
        (error: { kind: string }) => end(`${what}: ${error.kind}`),
      )
    const looks = Array.from({ length: 6 }, () => note(database.call('ticketing.get_health', {}), 'look'))
    const sales = Array.from({ length: 6 }, () => note(database.call('venuekit.read_clock', {}), 'sale'))
    await enough
    await connection.exec('select pg_advisory_unlock(7)')
    await Promise.all([...looks, ...sales])
  })
  await database.close()
  return ended
}

test('slow reads leave most connections to those who buy, and each has its turn', async () => {
  const ended = await rush(place.open({ poolSize: 6, connectTimeoutMs: 10_000 }), 6)
  expect(ended).toEqual([...Array(6).fill('sale'), ...Array(6).fill('look')])
})

test('a slow read that has waited too long for its turn is told that it is busy', () =>
  withMoreTime(500, async connectTimeoutMs => {
    const ended = await rush(place.open({ poolSize: 3, connectTimeoutMs }), 11)
    expect(ended.filter(what => what.startsWith('sale'))).toEqual(Array(6).fill('sale'))
    expect(ended.filter(what => what === 'look: busy')).toHaveLength(5)
    expect(ended.at(-1)).toBe('look')
  }))
