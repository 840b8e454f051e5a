import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sessionOf } from '../testing/orderDesk.ts'
import { counts, type ReconciliationStage, startReconciliationStage } from '../testing/reconciliationStage.ts'

let stage: ReconciliationStage
beforeAll(async () => {
  stage = await startReconciliationStage()
}, 60_000)
afterAll(() => stage.close())
beforeEach(() => stage.refresh())

/** Sessions of another shop's, which cost nothing but pages. */
const fill = async (count: number): Promise<void> => {
  const body = new URLSearchParams({
    mode: 'payment',
    success_url: 'https://shop.example/',
    'line_items[0][quantity]': '1',
    'line_items[0][price_data][currency]': 'usd',
    'line_items[0][price_data][unit_amount]': '700',
    'line_items[0][price_data][product_data][name]': 'Mug',
  })
  const headers = { authorization: `Bearer ${stage.twin.secretKey}` }
  for (let made = 0; made < count; made += 1) {
    await fetch(`${stage.twin.url}/v1/checkout/sessions`, { method: 'POST', headers, body })
  }
}

const window = () => ({ from: new Date(stage.now() - 3600_000), until: new Date(stage.now()) })

const sessionLists = () =>
  stage.twin.control.requests().filter(({ method, path }) => method === 'GET' && path === '/v1/checkout/sessions')

test('a run that the gateway ended goes on where it stood', async () => {
  const placed = await stage.desk.order(await stage.createEvent())
  await stage.silently(() => stage.twin.control.pay(sessionOf(placed)))
  await fill(149)
  const range = window()
  const breakDown = () => void stage.twin.control.addFault({ kind: 'error', status: 503, method: 'GET', times: 100 })
  await expect(stage.reconcile({ ...range, onProgress: breakDown })).rejects.toMatchObject({ kind: 'unavailable' })
  stage.twin.control.clearFaults()
  const before = sessionLists().length
  const { report, resumed } = await stage.reconcile(range)
  expect(resumed).toBe(true)
  expect(sessionLists().length - before).toBe(1)
  expect(sessionLists().at(-1)?.parameters.starting_after).toMatch(/^cs_/)
  expect(report.sessions).toEqual(counts({ read: 150, foreign: 149, mended: 1 }))
  expect((await stage.desk.show(placed)).status).toBe('fulfilled')
})

test('a run that is told to end does so behind the page at work, and the next one goes on there at once', async () => {
  await fill(250)
  const range = window()
  const ending = new AbortController()
  const first = await stage.kit.reconcile({ ...range, signal: ending.signal, onProgress: () => ending.abort() })
  expect(first).toMatchObject({ outcome: 'left', report: { sessions: counts({ read: 100, foreign: 100 }) } })
  const { report, resumed } = await stage.reconcile(range)
  expect(resumed).toBe(true)
  expect(report.sessions).toEqual(counts({ read: 250, foreign: 250 }))
})

test('a worker that stops lets go of the day’s run, and another takes it up', async () => {
  const toNoon = (42 * 3600_000 - (stage.now() % (24 * 3600_000))) % (24 * 3600_000)
  await stage.twin.control.advance(toNoon)
  await stage.query("delete from venuekit.job_runs where job = 'reconcile'")
  const loop = stage.kit.jobs.start({ tickSeconds: 60 })
  await loop.stop()
  const [run] = await stage.query<{ failed: boolean; slot: string }>(
    "select failed, slot from venuekit.job_runs where job = 'reconcile'",
  )
  expect(run).toMatchObject({ failed: true })
  await stage.twin.control.advance(31 * 60_000)
  expect(await stage.kit.jobs.run('reconcile')).toMatchObject({ taken: true, slot: run?.slot })
})

test('while the gateway is away for a moment the run waits, longer each time, and loses nothing', async () => {
  await fill(3)
  stage.twin.control.addFault({ kind: 'rate_limit', method: 'GET', times: 3 })
  const { report, slept } = await stage.reconcile({ ...window(), requestsPerSecond: 1000 })
  expect(report.sessions).toEqual(counts({ read: 3, foreign: 3 }))
  expect(slept.filter(milliseconds => milliseconds >= 1000)).toEqual([1000, 2000, 5000])
})

test('requests to the gateway keep to the given rate', async () => {
  await fill(250)
  const { slept } = await stage.reconcile({ ...window(), requestsPerSecond: 2 })
  // Three pages of sessions, and one empty page of each other kind: six requests, five gaps.
  expect(slept).toEqual([500, 500, 500, 500, 500])
})

test('two workers do not run the same comparison; one that went silent is taken over after five minutes', async () => {
  const range = window()
  const lend = async () => {
    const answer = await stage.database.call('venuekit.begin_reconciliation', {
      run_id: crypto.randomUUID(),
      account: stage.twin.account,
      worker: 'another',
      window_from: range.from.toISOString(),
      window_until: range.until.toISOString(),
      overlap_seconds: 0,
    })
    expect(answer.outcome).toBe('begun')
  }
  await lend()
  expect(await stage.kit.reconcile(range)).toEqual({ outcome: 'busy' })
  await stage.twin.control.advance(5 * 60_000 + 1000)
  expect((await stage.reconcile(range)).resumed).toBe(true)
})

test('the same comparison asked for twice at once is made once', async () => {
  await fill(3)
  const range = window()
  const results = await Promise.all([stage.kit.reconcile(range), stage.kit.reconcile(range)])
  expect(results.map(({ outcome }) => outcome).sort()).toEqual(['busy', 'finished'])
})

test.each([
  [{ from: new Date(2_000_000), until: new Date(1_000_000) }, 'runs forward'],
  [{ from: new Date(2_000_000) }, 'both ends'],
  [{ from: 'yesterday', until: 'today' }, 'no time'],
])('the window %j is refused', async (options, why) => {
  await expect(stage.kit.reconcile(options)).rejects.toThrow(why)
})

test('the job runs once a day after two by the host’s clock, from its checkpoint less two days, and keeps its report', async () => {
  const local = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/Chicago', timeStyle: 'short' })
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  const until = async (time: string) => {
    // Once more where the clocks were changed on the way.
    for (let present = local.format(stage.now()); present !== time; present = local.format(stage.now())) {
      await stage.twin.control.advance(((minutes(time) - minutes(present) + 1440) % 1440) * 60_000)
    }
  }
  await until('02:05')
  const first = await stage.kit.jobs.run('reconcile')
  expect(first).toMatchObject({ taken: true, report: { sessions: counts(), findings: [] } })
  expect(await stage.kit.jobs.run('reconcile')).toEqual({ job: 'reconcile', taken: false, reason: 'taken' })
  await until('01:58')
  expect(await stage.kit.jobs.run('reconcile')).toEqual({ job: 'reconcile', taken: false, reason: 'not_due' })
  await until('02:05')
  const second = await stage.kit.jobs.run('reconcile')
  if (!first.taken || !second.taken) throw new Error('the job did not run')
  expect(second.report.from).toBe(new Date(Date.parse(String(first.report.until)) - 48 * 3600_000).toISOString())
  const [run] = await stage.query(
    `select report, failed from venuekit.job_runs where job = 'reconcile' and slot = $1`,
    [second.slot],
  )
  expect(run).toEqual({ report: second.report, failed: false })
  const { runId, ...report } = second.report
  const [kept] = await stage.query('select status, report from venuekit.reconciliations where run_id = $1', [runId])
  expect(kept).toEqual({ status: 'finished', report })
}, 60_000)

test.each([
  ['failed', `failed = true, finished_at = taken_at`, 31],
  ['was cut off', `failed = null, finished_at = null`, 11],
])('a daily run that %s is taken again the same day', async (_what, damage, minutes) => {
  // Noon or an hour later in Chicago, so that the hours that follow are of the same day.
  const toNoon = (42 * 3600_000 - (stage.now() % (24 * 3600_000))) % (24 * 3600_000)
  await stage.twin.control.advance(toNoon)
  const run = await stage.kit.jobs.run('reconcile')
  if (!run.taken) throw new Error('the job did not run')
  await stage.query(`update venuekit.job_runs set ${damage} where job = 'reconcile' and slot = $1`, [run.slot])
  expect(await stage.kit.jobs.run('reconcile')).toMatchObject({ taken: false })
  await stage.twin.control.advance(minutes * 60_000)
  expect(await stage.kit.jobs.run('reconcile')).toMatchObject({ taken: true, slot: run.slot })
  expect(await stage.kit.jobs.run('reconcile')).toEqual({ job: 'reconcile', taken: false, reason: 'taken' })
})
