import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Database } from '../ports/database.ts'
import { DatabaseError } from '../ports/databaseError.ts'
import { createPgliteDatabase } from '../testing/createPgliteDatabase.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { testSecrets } from '../testing/testSecrets.ts'
import { metricTable } from './metricTable.ts'

let stage: TestKit
let desk: OrderDesk
let reads = 0
let isAway = false

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  stage = await startTestKit({}, {}, async () => {
    const database = await createPgliteDatabase()
    const call: Database['call'] = (name, args) => {
      if (name === 'venuekit.read_metrics') reads += 1
      return isAway
        ? Promise.reject(new DatabaseError('unavailable', 'no route to 10.0.0.7'))
        : database.call(name, args)
    }
    return { ...database, call, connections: () => ({ total: 3, idle: 2, waiting: 1 }) }
  })
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
}, 60_000)
afterAll(async () => {
  await stage.close()
  vi.useRealTimers()
})
beforeEach(() => void vi.advanceTimersByTime(5_000))

const host = { key: null, origin: null }
const scrape = () => stage.call('GET', '/metrics', { ...host, bearer: testSecrets.jobs })

const sampleLine = /^([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\.)*",?)*)\})? (-?[\d.e+-]+)$/
const family = (name: string) => name.replace(/_(bucket|sum|count)$/, '')

/** Reads the text format strictly: help and type first, then samples of that metric alone, each series once. */
const readSamples = async (): Promise<Map<string, number>> => {
  const page = String((await scrape()).body)
  const samples = new Map<string, number>()
  let current = ''
  expect(page.endsWith('\n')).toBe(true)
  for (const line of page.trimEnd().split('\n')) {
    const head = /^# (HELP|TYPE) ([a-z_]+) (.+)$/.exec(line)
    if (head) current = head[2] ?? ''
    if (head) continue
    const [, name = '', labels = '', value] = sampleLine.exec(line) ?? []
    expect(name === current || family(name) === current, line).toBe(true)
    const id = labels === '' ? name : `${name}{${labels}}`
    expect(samples.has(id), id).toBe(false)
    samples.set(id, Number(value))
  }
  return samples
}

test('is for whoever bears the jobs’ secret, in Prometheus’ text format', async () => {
  for (const bearer of [undefined, 'wrong', testSecrets.adminKeys[0]]) {
    expect((await stage.call('GET', '/metrics', { ...host, bearer })).problem()).toMatchObject({ status: 401 })
  }
  const answer = await scrape()
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('counts and times answers by pattern, method and status, whatever addresses are made up', async () => {
  for (const id of Array.from({ length: 30 }, () => crypto.randomUUID())) {
    await stage.call('GET', `/v1/events/${id}`)
    await stage.call('GET', `/nowhere/${id}`)
    await stage.call(`X-${id.slice(0, 4)}`, '/v1/events')
    await stage.call('OPTIONS', `/v1/${id}`)
  }
  const samples = await readSamples()
  const series = [...samples.keys()].filter(id => id.startsWith(metricTable.requests.name))
  expect(samples.get('venuekit_http_requests_total{route="/v1/events/:eventId",method="GET",status="404"}')).toBe(30)
  expect(samples.get('venuekit_http_requests_total{route="unmatched",method="GET",status="404"}')).toBe(30)
  const timed = 'venuekit_http_request_duration_seconds'
  expect(samples.get(`${timed}_count{route="/v1/events/:eventId",method="GET"}`)).toBe(30)
  expect(samples.get(`${timed}_bucket{route="/v1/events/:eventId",method="GET",le="+Inf"}`)).toBe(30)
  expect(series.length).toBeLessThan(20)
})

test('shows holds, live and overdue, and says nothing of who holds', async () => {
  const event = await stage.createEvent({ tiers: [newTier({ name: 'Canary tier' })], name: 'Canary event' })
  const cart = desk.cart(event, 2)
  const placed = await desk.send({ ...cart, buyer: { name: 'Canary Buyer', email: 'canary@example.com' } })
  expect(placed.status).toBeLessThan(300)
  await desk.order(event)
  expect((await readSamples()).get('venuekit_reservations{state="live"}')).toBe(2)
  await stage.twin.control.advance(45 * 60_000)
  vi.advanceTimersByTime(5_000)
  const samples = await readSamples()
  expect(samples.get('venuekit_reservations{state="live"}')).toBe(0)
  expect(samples.get('venuekit_reservations{state="overdue"}')).toBe(2)
  const page = String((await scrape()).body)
  const { order, orderToken } = placed.body as { order: { id: string }; orderToken: string }
  const secrets = ['canary', 'Canary', '@', order.id, event.id, orderToken, stage.venue.key, stage.venue.venueId]
  for (const secret of secrets) expect(page).not.toContain(secret)
})

test('counts webhooks by outcome, and how long after the event they were done', async () => {
  const event = await stage.createEvent()
  const placed = await desk.order(event)
  stage.twin.control.pay(sessionOf(placed))
  await stage.twin.control.flush()
  expect((await desk.show(placed)).status).toBe('fulfilled')
  const forged = { ...host, rawBody: '{}', headers: { 'stripe-signature': 't=1,v1=00' } }
  expect((await stage.call('POST', '/webhooks/stripe', forged)).status).toBe(400)
  const samples = await readSamples()
  expect(samples.get('venuekit_webhooks_total{gateway="stripe",outcome="done"}')).toBeGreaterThan(0)
  expect(samples.get('venuekit_webhooks_total{gateway="stripe",outcome="refused"}')).toBe(1)
  expect(samples.get('venuekit_webhook_lag_seconds_count{gateway="stripe"}')).toBe(
    samples.get('venuekit_webhooks_total{gateway="stripe",outcome="done"}'),
  )
})

test('shows jobs with their last run, and which are stale', async () => {
  await stage.twin.control.advance(600_000)
  await stage.kit.jobs.run('purge')
  const samples = await readSamples()
  const ran = samples.get('venuekit_job_last_success_timestamp_seconds{job="purge"}') ?? 0
  expect(Math.abs(ran - Date.parse(stage.twin.control.clock().now) / 1000)).toBeLessThan(60)
  expect(samples.get('venuekit_job_last_run_failed{job="purge"}')).toBe(0)
  expect(samples.get('venuekit_job_stale{job="purge"}')).toBe(0)
  for (const job of stage.kit.jobs.names) expect(samples.has(`venuekit_job_stale{job="${job}"}`)).toBe(true)
  await stage.twin.control.advance(4 * 3600_000)
  // Its process dies over it.
  await stage.database.call('venuekit.take_job_slot', {
    ...{ job: 'purge', worker: 'w', every_seconds: 3600, daily_at: null, time_zone: null },
  })
  vi.advanceTimersByTime(5_000)
  const begun = await readSamples()
  expect(begun.get('venuekit_job_stale{job="purge"}')).toBe(1)
  expect(begun.get('venuekit_job_under_way{job="purge"}')).toBe(1)
  expect(begun.get('venuekit_job_last_run_failed{job="purge"}')).toBe(0)
  await stage.twin.control.advance(150_000)
  vi.advanceTimersByTime(5_000)
  expect((await readSamples()).get('venuekit_job_last_run_failed{job="purge"}')).toBe(1)
})

test('shows what waits, what was given up and what is wrong', async () => {
  await stage.database.withOwner(connection =>
    connection.exec(`
      insert into venuekit.webhooks (account, gateway_event_id, type, mode, payload, status, received_at, next_try_at)
      select 'acct', 'metrics ' || n, 't', 'test', '{}', case when n = 1 then 'dead' else 'pending' end,
        venuekit.clock() - n * interval '100 seconds', venuekit.clock() from generate_series(1, 3) n;
      insert into venuekit.outbox (message_id, kind, event_id, order_id, version, status, created_at, due_at)
      select gen_random_uuid(), 'tickets', gen_random_uuid(), gen_random_uuid(), 1, s, now(), now()
      from unnest(array['waiting', 'dead', 'dead']) s;
      insert into ticketing.health_checkpoints (event_id, checked_at, score, parts, entry_id, faulty_orders)
      select gen_random_uuid(), now(), 5, '{"oversold_tiers": 2, "counter_drift": 3}', 0, '{}' from generate_series(1, 2);
      insert into venuekit.orphan_payments (account, session_id, event_id, order_id, amount_minor, currency, status,
        first_seen_at, due_at)
      values ('acct', 'cs_metrics', gen_random_uuid(), gen_random_uuid(), 1, 'USD', 'review', now(), now())`),
  )
  const samples = await readSamples()
  expect(samples.get('venuekit_inbox_waiting')).toBe(2)
  expect(samples.get('venuekit_inbox_dead')).toBe(1)
  expect(samples.get('venuekit_inbox_oldest_seconds')).toBeGreaterThanOrEqual(300)
  expect(samples.get('venuekit_outbox_waiting')).toBeGreaterThanOrEqual(1)
  expect(samples.get('venuekit_outbox_dead')).toBe(2)
  expect(samples.get('venuekit_health_faults{part="oversold_tiers"}')).toBe(4)
  expect(samples.get('venuekit_health_faults{part="ghost_reservations"}')).toBe(0)
  expect(samples.get('venuekit_health_score')).toBe(10)
  expect(samples.get('venuekit_orphan_payments{state="review"}')).toBe(1)
  expect(samples.get('venuekit_refunds{state="needs_review"}')).toBe(0)
  expect(samples.get('venuekit_database_connections{state="idle"}')).toBe(2)
  expect(samples.get('venuekit_live_streams')).toBe(0)
})

test('a scraper in a loop asks the database once in five seconds', async () => {
  const before = reads
  await Promise.all(Array.from({ length: 50 }, scrape))
  vi.advanceTimersByTime(4_999)
  await scrape()
  expect(reads - before).toBe(1)
  vi.advanceTimersByTime(1)
  await scrape()
  expect(reads - before).toBe(2)
})

test('a database that is away leaves the process’s own metrics, and says so', async () => {
  isAway = true
  const answer = await scrape()
  isAway = false
  expect(answer.status).toBe(200)
  expect(answer.body).toContain('venuekit_database_up 0')
  expect(answer.body).toContain('venuekit_http_requests_total{')
  expect(answer.body).not.toContain('venuekit_inbox_waiting')
  expect(answer.body).not.toContain('10.0.0.7')
})

test('nothing is exported that the table does not name', async () => {
  const names = new Set(Object.values(metricTable).map(({ name }) => name as string))
  for (const id of (await readSamples()).keys()) {
    const name = id.replace(/\{.*/, '')
    expect(names.has(name) || names.has(family(name)), name).toBe(true)
  }
})
