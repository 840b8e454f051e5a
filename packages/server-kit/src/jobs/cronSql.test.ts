import { afterAll, beforeAll, expect, test } from 'vitest'
import { damageEvent } from '../testing/damageEvent.ts'
import { createOrderDesk } from '../testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { testSecrets } from '../testing/testSecrets.ts'
import { jobsForCallers } from './cronSql.ts'

let stage: TestKit
const query = <Row = Record<string, unknown>>(sql: string, parameters: unknown[] = []) =>
  stage.database.withOwner(connection => connection.query<Row>(sql, parameters))
const exec = (sql: string) => stage.database.withOwner(connection => connection.exec(sql))

/** What the text needs of pg_cron, pg_net and the Vault, as far as it goes: each notes what it was told. */
const standIns = `
create schema cron;
create table cron.job (jobid bigint generated always as identity, jobname text unique, schedule text, command text);
create function cron.schedule(job_name text, schedule text, command text) returns bigint language sql as $$
  insert into cron.job (jobname, schedule, command) values (job_name, schedule, command) returning jobid
$$;
create function cron.unschedule(job_id bigint) returns boolean language sql as $$
  delete from cron.job where jobid = job_id returning true
$$;
create schema net;
create table net.calls (url text, headers jsonb, timeout_milliseconds integer);
create function net.http_post(url text, headers jsonb, timeout_milliseconds integer) returns bigint language sql as $$
  insert into net.calls values (url, headers, timeout_milliseconds) returning 1::bigint
$$;
create schema vault;
create view vault.decrypted_secrets as select 'venuekit_jobs_secret' as name, '${testSecrets.jobs}' as decrypted_secret;`

beforeAll(async () => {
  stage = await startTestKit()
  await exec(standIns)
}, 60_000)
afterAll(() => stage.close())

interface CronJob {
  jobname: string
  schedule: string
  command: string
}
const scheduled = () => query<CronJob>('select jobname, schedule, command from cron.job order by jobid')

test('without an address it schedules what the database does alone, and names the jobs that need a caller', async () => {
  const text = stage.kit.jobs.cronSql()
  await exec(text)
  expect((await scheduled()).map(({ jobname }) => jobname)).toEqual(['venuekit roll-up-sales', 'venuekit purge'])
  for (const job of jobsForCallers) expect(text).toContain(job)
})

test('with an address every job is scheduled once, however often the text is run', async () => {
  for (const _time of [1, 2]) await exec(stage.kit.jobs.cronSql({ url: 'https://tickets.example/api/' }))
  const jobs = await scheduled()
  expect(jobs.map(({ jobname }) => jobname)).toEqual(stage.kit.jobs.names.map(name => `venuekit ${name}`))
  for (const { schedule } of jobs) expect(schedule).toMatch(/^(\*|\*\/(5|10)) \* \* \* \*$/)
  expect(JSON.stringify(jobs)).not.toContain(testSecrets.jobs)
})

test('each scheduled command does its job: in SQL, or by a call that the kit takes', async () => {
  await stage.twin.control.advance(48 * 3600_000 + 3 * 3600_000)
  await exec(`insert into venuekit.webhooks (account, gateway_event_id, type, mode, payload, status, received_at,
      next_try_at, finished_at)
    select 'acct', 'old ' || n, 't', 'test', '{}', 'done', m, m, m
    from generate_series(1, 3) n, (select now() - interval '200 days' as m) old`)
  await exec(stage.kit.jobs.cronSql({ url: 'https://tickets.example' }))
  for (const { command } of await scheduled()) await exec(command)
  const calls = await query<{ url: string; headers: Record<string, string> }>('select url, headers from net.calls')
  expect(calls).toHaveLength(jobsForCallers.length)
  for (const { url, headers } of calls) {
    const answer = await stage.kit.fetch(new Request(url, { method: 'POST', headers }))
    expect(answer.status, url).toBe(200)
  }
  expect(await query("select from venuekit.webhooks where gateway_event_id like 'old %'")).toEqual([])
  const runs = await query<{ job: string; worker: string; failed: boolean; report: object }>(
    "select job, worker, failed, report from venuekit.job_runs where worker = 'pg_cron' order by job",
  )
  expect(runs).toMatchObject([
    { job: 'purge', failed: false, report: { webhooks: 3, alerts: 0, orderOrigins: 0 } },
    { job: 'roll-up-sales', failed: false },
  ])
  const done = await query<{ job: string }>('select distinct job from venuekit.job_runs where not failed')
  // The daily one waits for 02:00 by the host's clock.
  const others = stage.kit.jobs.names.filter(name => name !== 'reconcile')
  expect(done.map(({ job }) => job)).toEqual(expect.arrayContaining(others))
})

const purge = async () => {
  const [row] = await query<{ result: object }>(
    `select venuekit.run_purge('{"webhooks": 90, "reconciliations": 400, "orphanPayments": 400, "alerts": 90,
      "jobRuns": 30, "messageErrors": 30, "orderOrigins": 180}') as result`,
  )
  return row?.result
}

test('a slot that another worker has is left to it', async () => {
  // To the beginning of an hour, which the slot lasts.
  await stage.twin.control.advance(3 * 3600_000 - (stage.twin.clock.now() % 3600_000) + 1000)
  expect(await stage.kit.jobs.run('purge')).toMatchObject({ taken: true })
  expect(await purge()).toEqual({ taken: false, reason: 'taken' })
})

test('it goes on in batches, leaves what is too much to the next hour, and lets orders of shows long past forget where they came from', async () => {
  const event = await stage.createEvent()
  await stage.twin.control.advance(3 * 3600_000)
  await query("update ticketing.events set over_at = venuekit.clock() - interval '200 days' where event_id = $1", [
    event.id,
  ])
  await query(
    `insert into ticketing.orders (event_id, order_id, total_minor, currency, buyer_name, buyer_email, origin, created_at,
       hold_expires_at, hold_ends_at)
     select $1, gen_random_uuid(), 0, 'USD', 'A', n || '@a.example', '{"keyId": "k"}', now(), now(), now()
     from generate_series(1, 5100) n`,
    [event.id],
  )
  await query(`insert into venuekit.webhooks (account, gateway_event_id, type, mode, payload, status, received_at,
      next_try_at, finished_at)
    select 'acct', 'many ' || n, 't', 'test', '{}', 'done', m, m, m
    from generate_series(1, 20001) n, (select now() - interval '200 days' as m) old`)
  expect(await purge()).toMatchObject({ taken: true, report: { webhooks: 20_000, orderOrigins: 5100 } })
  await stage.twin.control.advance(3600_000)
  expect(await purge()).toMatchObject({ taken: true, report: { webhooks: 1, orderOrigins: 0 } })
  const left = 'select from ticketing.events where event_id = $1 and origins_cleared_at is null'
  expect(await query(left, [event.id])).toEqual([])
})

test('days that are missing are refused, and quotes in what is given end no text', async () => {
  await expect(query(`select venuekit.run_purge('{"webhooks": 90}')`)).rejects.toThrow('days for reconciliations')
  const rows = '"webhooks": 90, "reconciliations": 400, "orphanPayments": 400, "alerts": 90, "jobRuns": 30'
  const without = `select venuekit.run_purge('{${rows}, "messageErrors": 30}')`
  await expect(query(without)).rejects.toThrow('days for orderOrigins')
  await exec(stage.kit.jobs.cronSql({ url: "https://tickets.example/it's", secretSql: "'canary''s'" }))
  const [job] = await scheduled()
  await exec(job?.command ?? '')
  const [call] = await query("select url, headers from net.calls where url like '%it''s%'")
  expect(call).toMatchObject({ headers: { Authorization: "Bearer canary's" } })
  for (const url of ['tickets.example', 'ftp://x.example', 'https://x.example/?a=1']) {
    expect(() => stage.kit.jobs.cronSql({ url })).toThrow()
  }
})

test('an event that cannot be added up keeps no other waiting, and the run says why', async () => {
  const desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  const [damaged, sound] = await Promise.all([stage.createEvent(), stage.createEvent()])
  for (const event of [damaged, sound]) await desk.order(event)
  await stage.twin.control.advance(3600_000)
  const mend = await damageEvent(stage.database, 'ticketing.sales_periods', damaged.id)
  const rollUp = async () => {
    const [row] = await query<{ result: { report: object } }>('select venuekit.run_roll_up_sales() as result')
    return row?.result.report
  }
  const isRolledUp = async (id: string) =>
    (await query('select from ticketing.sales_periods where event_id = $1', [id])).length > 0
  const stated = new RegExp(`^1 of \\d+ events failed: ${damaged.id}: this event is damaged$`)
  expect(await rollUp()).toMatchObject({ error: expect.stringMatching(stated) })
  expect([await isRolledUp(damaged.id), await isRolledUp(sound.id)]).toEqual([false, true])
  const [run] = await query(
    "select failed from venuekit.job_runs where job = 'roll-up-sales' order by taken_at desc limit 1",
  )
  expect(run).toEqual({ failed: true })
  await mend()
  await stage.twin.control.advance(60_000)
  expect(await rollUp()).toEqual({ events: 1, entries: expect.any(Number) })
  expect(await isRolledUp(damaged.id)).toBe(true)
})
