import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFeedDesk } from '../testing/feedDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { type TestClock, testClock } from '../testing/testClock.ts'

let stage: TestKit
let clock: TestClock
beforeAll(async () => {
  stage = await startTestKit()
  clock = await testClock(stage.database)
}, 60_000)
afterAll(() => stage.close())

test('the hourly purge keeps an hour of changes, and a stream that was away longer begins again', async () => {
  const desk = await openFeedDesk(stage, stage.call)
  const read = (after: string | null) => stage.database.call('feed.read_changes', { after, page_size: 10 })
  const begun = await read(null)
  if (begun.outcome !== 'read') throw new Error(begun.outcome)
  await desk.post('old')
  await clock.advance(3_601_000)
  const { id } = await desk.post('young')
  expect(await stage.kit.jobs.run('purge')).toMatchObject({ report: { changes: 1 } })
  expect(await read(begun.cursor)).toMatchObject({ outcome: 'reset' })
  expect(await read('0-0')).toMatchObject({ outcome: 'reset' })
  const kept = await stage.database.withOwner(connection =>
    connection.query<{ postId: string }>('select post_id as "postId" from feed.changes'),
  )
  expect(kept).toEqual([{ postId: id }])
})

const query = (sql: string, parameters: unknown[] = []) =>
  stage.database.withOwner(connection => connection.query<{ id: string }>(sql, parameters))

const idsOf = async (sql: string) => (await query(sql)).map(({ id }) => id).sort()

/** `id`, kept or to be removed; the moments are days before now. */
const rows: Record<string, { insert: string; read: string; ages: [string, number][] }> = {
  webhooks: {
    insert: `insert into venuekit.webhooks (account, gateway_event_id, type, mode, payload, status, received_at, next_try_at, finished_at)
      values ('a', $1, 'x', 'test', '{}', split_part($1, ' ', 2), $2, $2, $2)`,
    read: 'select gateway_event_id as id from venuekit.webhooks',
    ages: [
      ['old done', 91],
      ['old dead', 91],
      ['old pending', 91],
      ['young done', 89],
    ],
  },
  reconciliations: {
    insert: `insert into venuekit.reconciliations (run_id, account, scheduled, window_from, window_until, status, report, worker, started_at, touched_at, finished_at)
      values (md5($1)::uuid, 'a', true, $2, $2, 'finished', jsonb_build_object('id', $1::text), 'w', $2, $2, $2)`,
    read: "select report ->> 'id' as id from venuekit.reconciliations",
    ages: [
      ['old', 500],
      ['older', 600],
      ['the newest', 401],
    ],
  },
  orphanPayments: {
    insert: `insert into venuekit.orphan_payments (account, session_id, event_id, order_id, amount_minor, currency, status, first_seen_at, due_at, ended_at)
      values ('a', $1, gen_random_uuid(), gen_random_uuid(), 1, 'USD', split_part($1, ' ', 2), $2, $2,
        case when $1 not like '%review' then $2::timestamptz end)`,
    read: 'select session_id as id from venuekit.orphan_payments',
    ages: [
      ['old refunded', 401],
      ['old review', 401],
      ['young refunded', 399],
    ],
  },
  alerts: {
    insert: `with sink as (
        insert into venuekit.alert_sinks (sink, asked_at) values ('s', venuekit.clock())
        on conflict (sink) do update set asked_at = excluded.asked_at
        returning sink
      ), alert as (
        insert into venuekit.alerts (fingerprint, kind, detail, raised_at, seen_at, resolved_at)
        values ($1, 'x', '{}', $2, $2, case when $1 not like '%open' then $2::timestamptz end)
        returning fingerprint, raised_at
      )
      insert into venuekit.alert_deliveries (sink, fingerprint, due_at, owed)
      select s.sink, a.fingerprint, a.raised_at, a.fingerprint like '%unsent' from sink s, alert a`,
    read: 'select fingerprint as id from venuekit.alerts',
    ages: [
      ['old over', 91],
      ['old open', 91],
      ['old unsent', 91],
      ['young over', 89],
    ],
  },
  jobRuns: {
    insert: `insert into venuekit.job_runs (job, slot, run_id, worker, taken_at, finished_at, failed)
      select 'odd', $1, gen_random_uuid(), 'w', $2, case when $1 not like '%died' then $2::timestamptz end,
        case when $1 not like '%died' then $1 like '%failed' end`,
    read: "select slot as id from venuekit.job_runs where job = 'odd'",
    ages: [
      ['old', 37],
      ['old failed', 36],
      ['the last that ended well', 35],
      ['old, died', 34],
      ['younger, failed', 33],
      ['the newest, died', 31],
    ],
  },
  messageErrors: {
    insert: `insert into venuekit.outbox (message_id, kind, event_id, order_id, version, status, created_at, due_at, sent_at, last_error)
      values (gen_random_uuid(), 'tickets', gen_random_uuid(), gen_random_uuid(), 1, split_part($1, ' ', 2), $2, $2, $2, $1)`,
    read: 'select last_error as id from venuekit.outbox where last_error is not null',
    ages: [
      ['old sent', 31],
      ['old dead', 31],
      ['young sent', 29],
    ],
  },
}

/** What the purge takes of each. */
const gone: Record<string, string[]> = {
  webhooks: ['old done'],
  reconciliations: ['old', 'older'],
  orphanPayments: ['old refunded'],
  alerts: ['old over'],
  jobRuns: ['old', 'old failed', 'old, died', 'younger, failed'],
  messageErrors: ['old sent'],
}

test.each(Object.keys(rows))('of %s, what is over goes after its days and nothing else', async kind => {
  const { insert, read, ages } = rows[kind] ?? { insert: '', read: '', ages: [] }
  await clock.advance(3_601_000)
  for (const [id, age] of ages) await query(insert, [id, new Date(clock.now() - age * 86_400_000).toISOString()])
  const run = await stage.kit.jobs.run('purge')
  expect(run).toMatchObject({ taken: true, report: { [kind]: gone[kind]?.length } })
  const kept = ages.map(([id]) => id).filter(id => !gone[kind]?.includes(id))
  expect(await idsOf(read)).toEqual(kept.sort())
})

test('many go batch by batch', async () => {
  await clock.advance(3_601_000)
  await query(
    `insert into venuekit.webhooks (account, gateway_event_id, type, mode, payload, status, received_at, next_try_at, finished_at)
     select 'many', n, 'x', 'test', '{}', 'done', $1, $1, $1 from generate_series(1, 2500) n`,
    [new Date(clock.now() - 100 * 86_400_000).toISOString()],
  )
  const one = { days: 90, max_rows: 1000 }
  expect(await stage.database.call('venuekit.purge_webhooks', one)).toEqual({ removed: 1000 })
  expect(await stage.kit.jobs.run('purge')).toMatchObject({ report: { webhooks: 1500 } })
})
