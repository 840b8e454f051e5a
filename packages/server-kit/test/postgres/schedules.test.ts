import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { keepOwner } from '../schedules/keepOwner.ts'
import { neverOccurred } from '../schedules/occurrences.ts'
import { runSchedules } from '../schedules/runSchedules.ts'
import { openScheduleStage, type ScheduleStage } from '../schedules/scheduleStage.ts'
import { makePoolsHostile } from './hostilePool.ts'

let postgres: TestPostgres
let stages: ScheduleStage[]
beforeAll(async () => {
  postgres = await startTestPostgres()
  // Three keep two cores busy: 22 schedules a second, where one database plays 14.
  const databases = [await postgres.createDatabase(), await postgres.createDatabase(), await postgres.createDatabase()]
  stages = await Promise.all(databases.map(async database => openScheduleStage(await keepOwner(database.open()))))
})
afterAll(async () => {
  for (const stage of stages) await stage.database.close()
  await postgres.stop()
})

const run = {
  file: 'packages/server-kit/test/postgres/schedules.test.ts',
  project: 'postgres',
  share: 0.8,
  maxSteps: 9,
  // Up to two moves at the same moment, on connections of their own.
  together: 2,
}

test('random schedules on Postgres, moves at the same moment among them, break no invariant and come to their end', async () => {
  const played = await runSchedules(stages, run)
  expect(played).toBeGreaterThan(0)
  const tallies = stages.map(({ tally }) => tally)
  expect(neverOccurred(tallies, played)).toEqual([])
  const [deadlocks] = await postgres.run('select sum(deadlocks)::int as deadlocks from pg_stat_database')
  expect(deadlocks).toEqual({ deadlocks: 0 })
}, 36_000_000)

test('the same through a pool that sends each call to a connection by chance, which has forgotten its session', async () => {
  const place = await postgres.createDatabase()
  const restore = makePoolsHostile()
  const hostile = place.open({ poolSize: 4 })
  restore()
  const stage = await openScheduleStage(await keepOwner(hostile))
  expect(await runSchedules([stage], { ...run, share: 0.01 })).toBeGreaterThan(0)
  await stage.database.close()
}, 36_000_000)
