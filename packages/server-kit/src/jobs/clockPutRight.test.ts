import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../ports/database.ts'
import { createPgliteDatabase } from '../testing/createPgliteDatabase.ts'
import { type TestClock, testClock } from '../testing/testClock.ts'

let database: MigratableDatabase
let clock: TestClock
beforeAll(async () => {
  database = await createPgliteDatabase()
  clock = await testClock(database)
}, 60_000)
afterAll(() => database.close())

const periodic = { every_seconds: 60, daily_at: null, time_zone: null }
const take = (job: string) => database.call('venuekit.take_job_slot', { job, worker: 'w', ...periodic, extra: false })
const mustTake = async (job: string) => {
  const answer = await take(job)
  if (!answer.taken) throw new Error(answer.reason)
  return { job, slot: answer.slot, run_id: answer.runId }
}
const finish = (run: Awaited<ReturnType<typeof mustTake>>) =>
  database.call('venuekit.finish_job_slot', { ...run, failed: false, report: {} })

test('a daily run of a day that was not yet is done once more when that day comes', async () => {
  const daily = { every_seconds: null, daily_at: '02:00', time_zone: 'UTC' }
  const takeDaily = () => database.call('venuekit.take_job_slot', { job: 'daily', worker: 'w', ...daily, extra: false })
  await clock.set('2027-06-05T12:00:00Z')
  const early = await takeDaily()
  if (!early.taken) throw new Error(early.reason)
  await finish({ job: 'daily', slot: early.slot, run_id: early.runId })
  await clock.set('2027-06-05T02:00:00Z')
  const again = await takeDaily()
  expect(again).toMatchObject({ taken: true, slot: early.slot })
  if (again.taken) await finish({ job: 'daily', slot: again.slot, run_id: again.runId })
  await clock.set('2027-06-05T12:00:01Z')
  expect(await takeDaily()).toEqual({ taken: false, reason: 'taken' })
})

test('a run of a time that never came neither blocks its job, nor ends later ones, nor hides that none ends well', async () => {
  await clock.set('2027-06-03T12:00:10Z')
  await finish(await mustTake('ahead'))
  // Its worker died before the clock was put right.
  await mustTake('blocked')
  await clock.set('2027-06-02T12:00:10Z')
  expect(await take('blocked')).toMatchObject({ taken: true })
  const run = await mustTake('ahead')
  await clock.advance(40_000)
  expect(await database.call('venuekit.touch_job_run', run)).toEqual({ outcome: 'touched' })
  await database.withOwner(connection => connection.exec("update venuekit.migrations set applied_at = '2027-01-01'"))
  const rule = { job: 'ahead', staleSeconds: 600, everySeconds: 60 }
  const { jobs } = await database.call('venuekit.list_jobs', { jobs: [rule] })
  expect(jobs).toMatchObject([{ stale: true, lastGoodAt: null, lastRun: { slot: run.slot } }])
})
