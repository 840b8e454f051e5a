import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
beforeAll(async () => {
  stage = await startTestKit({ alertRules: { stale_jobs: { periods: 20 } } })
}, 180_000)
afterAll(() => stage.close())

const minutes = (count: number) => stage.twin.control.advance(count * 60_000)
const open = async () => {
  const rows = await stage.database.withOwner(connection =>
    connection.query<{ fingerprint: string }>(
      "select fingerprint from venuekit.alerts where resolved_at is null and kind = 'stale_jobs' order by 1",
    ),
  )
  return rows.map(({ fingerprint }) => fingerprint)
}
/** So many minutes in which every job ends well, but for one. */
const live = async (count: number, without = '') => {
  for (let past = 0; past < count; past += 5) {
    await minutes(5)
    await stage.database.withOwner(connection =>
      connection.query(
        `insert into venuekit.job_runs (job, slot, run_id, worker, taken_at, finished_at, failed)
         select j, 'at ' || venuekit.clock(), gen_random_uuid(), 'w', venuekit.clock(), venuekit.clock(), false
         from unnest($1::text[]) j where j <> $2`,
        [stage.kit.jobs.names, without],
      ),
    )
    await stage.kit.jobs.run('check-health', { extra: true })
  }
}

test('a job that alone does not run is told of after so many of its periods, and told to be over', async () => {
  await live(5)
  await live(15, 'send-refunds')
  expect(await open()).toEqual([])
  await live(10, 'send-refunds')
  expect(await open()).toEqual(['watch:stale:send-refunds'])
  await live(10)
  expect(await open()).toEqual([])
}, 180_000)

test('a host that was switched off wakes nobody when it is back, for every job', async () => {
  await minutes(60 * 24 * 3)
  await stage.kit.jobs.run('check-health', { extra: true })
  expect(await open()).toEqual([])
})
