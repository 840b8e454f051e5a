import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../ports/database.ts'
import { createPgliteDatabase } from '../testing/createPgliteDatabase.ts'
import { type TestClock, testClock } from '../testing/testClock.ts'
import type { JobSchedule } from './job.ts'
import { slotRule } from './slotRule.ts'

let database: MigratableDatabase
let clock: TestClock
beforeAll(async () => {
  database = await createPgliteDatabase()
  clock = await testClock(database)
}, 60_000)
afterAll(() => database.close())

const minute = 60_000
const hour = 60 * minute
const daily: JobSchedule = { dailyAt: '02:00' }
const eachFiveMinutes: JobSchedule = { everySeconds: 300 }

const take = (job: string, schedule: JobSchedule, timeZone = 'UTC', worker = 'one', extra = false) =>
  database.call('venuekit.take_job_slot', { job, worker, ...slotRule(schedule, timeZone), extra })
const mustTake = async (...args: Parameters<typeof take>) => {
  const answer = await take(...args)
  if (!answer.taken) throw new Error(answer.reason)
  return { job: args[0], slot: answer.slot, run_id: answer.runId }
}
type Run = Awaited<ReturnType<typeof mustTake>>
const finish = (run: Run, failed = false) =>
  database.call('venuekit.finish_job_slot', { ...run, failed, report: { by: run.run_id } })
const recorded = async ({ job, slot }: Run) => {
  const [row] = await database.withOwner(connection =>
    connection.query<{ run_id: string; failed: boolean | null; report: unknown }>(
      'select run_id, failed, report from venuekit.job_runs where job = $1 and slot = $2',
      [job, slot],
    ),
  )
  return row
}

test('a period has one taker, who alone may finish it, once', async () => {
  await clock.set('2027-06-01T12:00:10Z')
  const answers = await Promise.all(['a', 'b'].map(worker => take('once', eachFiveMinutes, 'UTC', worker)))
  const [first, second] = answers
  if (!first?.taken) throw new Error('nobody got it')
  expect(second).toEqual({ taken: false, reason: 'under_way' })
  const run = { job: 'once', slot: first.slot, run_id: first.runId }
  expect(await finish({ ...run, run_id: crypto.randomUUID() })).toEqual({ outcome: 'lost' })
  expect(await finish(run)).toEqual({ outcome: 'recorded' })
  expect(await finish(run)).toEqual({ outcome: 'lost' })
  expect(await take('once', eachFiveMinutes)).toEqual({ taken: false, reason: 'taken' })
})

/** When a daily job ran, as its zone's clock showed it, while somebody asked each half hour. */
const runsOf = async (timeZone: string, from: string, hours: number): Promise<string[]> => {
  const job = `daily in ${timeZone} from ${from}`
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const runs: string[] = []
  await clock.set(from)
  for (let passed = 0; passed < hours * 2; passed += 1) {
    const answer = await take(job, daily, timeZone)
    if (answer.taken) {
      const time = shown.format(clock.now())
      expect(time).toContain(answer.slot)
      runs.push(time)
      await finish({ job, slot: answer.slot, run_id: answer.runId })
    }
    await clock.advance(30 * minute)
  }
  return runs
}

test.each([
  // 02:00 does not exist on 14 March: the clocks go from 02:00 to 03:00.
  [
    'Chicago, spring',
    'America/Chicago',
    '2027-03-13T06:00Z',
    ['2027-03-13 02:00', '2027-03-14 03:00', '2027-03-15 02:00'],
  ],
  // 01:00 to 02:00 comes twice on 7 November, and 02:00 once.
  [
    'Chicago, autumn',
    'America/Chicago',
    '2027-11-06T05:00Z',
    ['2027-11-06 02:00', '2027-11-07 02:00', '2027-11-08 02:00'],
  ],
  // 02:00 does not exist on 3 October.
  [
    'Sydney, spring',
    'Australia/Sydney',
    '2027-10-01T14:00Z',
    ['2027-10-02 02:00', '2027-10-03 03:00', '2027-10-04 02:00'],
  ],
  // 02:00 comes twice on 4 April: the first counts.
  [
    'Sydney, autumn',
    'Australia/Sydney',
    '2027-04-02T13:00Z',
    ['2027-04-03 02:00', '2027-04-04 02:00', '2027-04-05 02:00'],
  ],
  // Half an hour: from 02:00 to 02:30 on 3 October, and back from 02:00 to 01:30 on 4 April.
  [
    'Lord Howe, spring',
    'Australia/Lord_Howe',
    '2027-10-01T13:30Z',
    ['2027-10-02 02:00', '2027-10-03 02:30', '2027-10-04 02:00'],
  ],
  [
    'Lord Howe, autumn',
    'Australia/Lord_Howe',
    '2027-04-02T13:00Z',
    ['2027-04-03 02:00', '2027-04-04 02:00', '2027-04-05 02:00'],
  ],
])('a daily job runs once a local date, as soon as it is past 02:00: %s', async (_name, zone, from, runs) => {
  expect(await runsOf(zone, from, 73)).toEqual(runs)
})

test('after three days without a worker a daily job runs once, for today', async () => {
  await clock.set('2027-06-01T12:00Z')
  await finish(await mustTake('books', daily))
  await clock.set('2027-06-05T01:59Z')
  expect(await take('books', daily)).toEqual({ taken: false, reason: 'not_due' })
  await clock.set('2027-06-05T02:00Z')
  const run = await mustTake('books', daily)
  expect(run.slot).toBe('2027-06-05')
  await finish(run)
  expect(await take('books', daily)).toEqual({ taken: false, reason: 'taken' })
})

test('after an hour without a worker a five-minute job runs once, and then in its next period', async () => {
  await clock.set('2027-06-01T12:01Z')
  await finish(await mustTake('sweep', eachFiveMinutes))
  await clock.advance(hour)
  await finish(await mustTake('sweep', eachFiveMinutes))
  expect(await take('sweep', eachFiveMinutes)).toEqual({ taken: false, reason: 'taken' })
  await clock.advance(4 * minute)
  await finish(await mustTake('sweep', eachFiveMinutes))
})

test('a job does not start while a run of it is under way, nor two minutes after its worker was last heard of', async () => {
  await clock.set('2027-06-01T12:00Z')
  const first = await mustTake('mails', { everySeconds: 60 })
  await clock.advance(minute)
  expect(await take('mails', { everySeconds: 60 })).toEqual({ taken: false, reason: 'under_way' })
  expect(await database.call('venuekit.touch_job_run', first)).toEqual({ outcome: 'touched' })
  await clock.advance(2 * minute - 1)
  expect(await take('mails', { everySeconds: 60 }, 'UTC', 'two')).toEqual({ taken: false, reason: 'under_way' })
  await clock.advance(1)
  await mustTake('mails', { everySeconds: 60 }, 'UTC', 'two')
})

test('a worker that was frozen in a period learns that the next one has another run, and nobody else does', async () => {
  await clock.set('2027-06-01T12:00Z')
  const frozen = await mustTake('cold', { everySeconds: 60 }, 'UTC', 'one')
  const other = await mustTake('other', { everySeconds: 60 }, 'UTC', 'one')
  await clock.advance(2 * minute)
  const second = await mustTake('cold', { everySeconds: 60 }, 'UTC', 'two')
  expect(second.slot).not.toBe(frozen.slot)
  expect(await database.call('venuekit.touch_job_run', frozen)).toEqual({ outcome: 'lost' })
  expect(await database.call('venuekit.touch_job_run', second)).toEqual({ outcome: 'touched' })
  expect(await database.call('venuekit.touch_job_run', other)).toEqual({ outcome: 'touched' })
})

test('who asks in vain writes nothing and takes no lock', async () => {
  await clock.set('2027-06-01T12:00Z')
  const written = async () => {
    const [row] = await database.withOwner(connection =>
      connection.query('select pg_current_wal_insert_lsn()::text as wal, pg_current_xact_id_if_assigned() as xid'),
    )
    return row
  }
  const run = await mustTake('idle', eachFiveMinutes)
  const busy = await written()
  expect(await take('idle', eachFiveMinutes)).toEqual({ taken: false, reason: 'under_way' })
  expect(await written()).toEqual(busy)
  await finish(run)
  const idle = await written()
  for (let times = 0; times < 5; times += 1) {
    expect(await take('idle', eachFiveMinutes)).toEqual({ taken: false, reason: 'taken' })
  }
  expect(await written()).toEqual(idle)
})

test('a daily run whose worker fell silent is taken up ten minutes later, and the frozen worker changes nothing when it wakes', async () => {
  await clock.set('2027-06-01T02:00Z')
  const frozen = await mustTake('day', daily, 'UTC', 'one')
  await clock.advance(5 * minute)
  await database.call('venuekit.touch_job_run', frozen)
  await clock.advance(10 * minute - 1)
  expect(await take('day', daily)).toEqual({ taken: false, reason: 'taken' })
  await clock.advance(1)
  // By the same worker's name: a run is told from another by its id.
  const second = await mustTake('day', daily, 'UTC', 'one')
  expect(second.slot).toBe(frozen.slot)
  expect(await database.call('venuekit.touch_job_run', frozen)).toEqual({ outcome: 'lost' })
  expect(await finish(frozen)).toEqual({ outcome: 'lost' })
  expect(await finish(frozen, true)).toEqual({ outcome: 'lost' })
  expect(await recorded(second)).toEqual({ run_id: second.run_id, failed: null, report: null })
  expect(await finish(second)).toEqual({ outcome: 'recorded' })
  expect(await finish(frozen, true)).toEqual({ outcome: 'lost' })
  expect(await recorded(second)).toEqual({ run_id: second.run_id, failed: false, report: { by: second.run_id } })
})

test('a daily run that failed is taken again half an hour later, and not once the day is over', async () => {
  await clock.set('2027-06-01T23:00Z')
  const first = await mustTake('late', daily)
  await finish(first, true)
  await clock.advance(30 * minute - 1)
  expect(await take('late', daily)).toEqual({ taken: false, reason: 'taken' })
  await clock.advance(1)
  const second = await mustTake('late', daily)
  expect(second.slot).toBe(first.slot)
  await finish(second, true)
  await clock.advance(31 * minute)
  expect(await take('late', daily)).toEqual({ taken: false, reason: 'not_due' })
})

test('a run beside the slots uses none of them up, and waits for the run under way like any other', async () => {
  await clock.set('2027-06-01T01:00Z')
  const extra = await mustTake('hand', daily, 'UTC', 'one', true)
  expect(extra.slot).toContain('extra 2027-06-01T01:00')
  expect(await take('hand', daily, 'UTC', 'one', true)).toEqual({ taken: false, reason: 'under_way' })
  await finish(extra)
  await finish(await mustTake('hand', daily, 'UTC', 'one', true))
  await clock.set('2027-06-01T02:00Z')
  expect((await mustTake('hand', daily)).slot).toBe('2027-06-01')
})

const rule = (job: string, schedule: JobSchedule) => ({ job, ...schedule, timeZone: 'UTC', staleSeconds: 600 })
const list = async (job: string, schedule: JobSchedule) => {
  const { jobs } = await database.call('venuekit.list_jobs', { jobs: [rule(job, schedule)] })
  return jobs[0]
}

test('a listed job says what a taker would be told', async () => {
  await clock.set('2027-06-01T01:59Z')
  expect(await list('told', daily)).toMatchObject({
    slot: null,
    due: false,
    underWay: false,
    lastRun: null,
    lastGoodAt: null,
  })
  await clock.set('2027-06-01T02:00Z')
  expect(await list('told', daily)).toMatchObject({ slot: '2027-06-01', due: true })
  const run = await mustTake('told', daily, 'UTC', 'one')
  expect(await list('told', daily)).toMatchObject({
    due: false,
    underWay: true,
    lastRun: { slot: '2027-06-01', worker: 'one', takenAt: '2027-06-01T02:00:00.000Z', finishedAt: null, failed: null },
  })
  await clock.advance(9 * minute)
  expect(await list('told', daily)).toMatchObject({ due: false, underWay: false })
  await clock.advance(minute)
  expect(await list('told', daily)).toMatchObject({ due: true, underWay: false })
  await finish(run, true)
  expect(await list('told', daily)).toMatchObject({ due: false, lastGoodAt: null, lastRun: { failed: true } })
  await clock.advance(30 * minute)
  expect(await list('told', daily)).toMatchObject({ due: true })
  await finish(await mustTake('told', daily))
  expect(await list('told', daily)).toMatchObject({ due: false, stale: false, lastGoodAt: '2027-06-01T02:40:00.000Z' })
})

test('a job is stale once no run has ended well for that long, failed ones notwithstanding', async () => {
  await clock.set('2027-06-01T12:00Z')
  expect(await list('never', eachFiveMinutes)).toMatchObject({ stale: true, lastGoodAt: null })
  await finish(await mustTake('old', eachFiveMinutes))
  await clock.advance(10 * minute - 1)
  expect(await list('old', eachFiveMinutes)).toMatchObject({ stale: false })
  await finish(await mustTake('old', eachFiveMinutes), true)
  await clock.advance(1)
  expect(await list('old', eachFiveMinutes)).toMatchObject({ stale: true, lastRun: { failed: true } })
})

test('a job that a release brought is not late for the time before it', async () => {
  await clock.set('2027-06-01T12:00Z')
  const run = (sql: string) => database.withOwner(connection => connection.query(sql))
  expect(await list('brought', eachFiveMinutes)).toMatchObject({ stale: true })
  await run("update venuekit.release set applied_at = '2027-06-01T11:51:00Z'")
  expect(await list('brought', eachFiveMinutes)).toMatchObject({ stale: false })
  await run("update venuekit.release set applied_at = '2027-01-01T00:00:00Z'")
  await run(`update venuekit.migrations set applied_at = '2027-06-01T11:51:00Z'
    where number = (select max(number) from venuekit.migrations)`)
  expect(await list('brought', eachFiveMinutes)).toMatchObject({ stale: false })
  await clock.advance(minute)
  expect(await list('brought', eachFiveMinutes)).toMatchObject({ stale: true })
})
