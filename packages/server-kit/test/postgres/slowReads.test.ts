import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'

let postgres: TestPostgres
let place: TestDatabase
beforeAll(async () => {
  postgres = await startTestPostgres()
  place = await postgres.createDatabase()
  await postgres.run(
    `create or replace function ticketing.get_health() returns jsonb language sql as
       $$ select jsonb_build_object('slept', pg_sleep(0.4)::text) $$`,
    place.name,
  )
})
afterAll(() => postgres.stop())

/** Six look at once; who sells calls while they do. Answers how each ended, in that order. */
const rush = async (database: MigratableDatabase): Promise<string[]> => {
  const ended: string[] = []
  const note = (call: Promise<unknown>, what: string) =>
    call.then(
      () => void ended.push(what),
      (error: { kind: string }) => void ended.push(`${what}: ${error.kind}`),
    )
  const looks = Array.from({ length: 6 }, () => note(database.call('ticketing.get_health', {}), 'look'))
  const sales = Array.from({ length: 6 }, () => note(database.call('venuekit.read_clock', {}), 'sale'))
  await Promise.all([...looks, ...sales])
  await database.close()
  return ended
}

test('slow reads leave most connections to those who buy, and each has its turn', async () => {
  const ended = await rush(place.open({ poolSize: 6, connectTimeoutMs: 10_000 }))
  expect(ended).toEqual([...Array(6).fill('sale'), ...Array(6).fill('look')])
})

test('a slow read that has waited too long for its turn is told that it is busy', async () => {
  const ended = await rush(place.open({ poolSize: 3, connectTimeoutMs: 150 }))
  expect(ended.filter(what => what.startsWith('sale'))).toEqual(Array(6).fill('sale'))
  expect(ended.filter(what => what === 'look: busy')).toHaveLength(5)
  expect(ended.at(-1)).toBe('look')
})
