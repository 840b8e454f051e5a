import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPgliteDatabase } from '../../src/testing/createPgliteDatabase.ts'
import { neverOccurred } from './occurrences.ts'
import { runSchedules } from './runSchedules.ts'
import { openScheduleStage, type ScheduleStage } from './scheduleStage.ts'

let stage: ScheduleStage
beforeAll(async () => {
  stage = await openScheduleStage(await createPgliteDatabase())
}, 60_000)
afterAll(() => stage.database.close())

const run = {
  file: 'packages/server-kit/test/schedules/schedules.test.ts',
  project: 'schedules',
  share: 0.2,
  maxSteps: 9,
  together: 1,
}

test('random schedules on PGlite break no invariant after any step, and all of them come to their end', async () => {
  const played = await runSchedules([stage], run)
  expect(played).toBeGreaterThan(0)
  expect(neverOccurred([stage.tally], played)).toEqual([])
}, 36_000_000)
