import { readFile, stat } from 'node:fs/promises'
import { adminEventResponse, uploadResponse } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectVenueKit } from '../../../../examples/supabase/page/connectVenueKit.ts'
import { jobNames } from '../../src/jobs/jobs.ts'
import { createHttpCaller, type HttpCaller } from '../../src/testing/httpCaller.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../../src/testing/orderDesk.ts'
import { samplePng } from '../../src/testing/sampleImages.ts'
import { createVenue, newEvent, type TestVenue } from '../../src/testing/startTestKit.ts'
import { testSecrets } from '../../src/testing/testSecrets.ts'
import { type StripeTwin, startStripeTwin } from '../../src/testing/twin/startStripeTwin.ts'
import { bundleEdgeFunction, type EdgeFunction, startEdgeFunction } from './edgeFunction.ts'
import { openSupabaseStage, type SupabaseStage } from './supabaseStage.ts'

let stage: SupabaseStage
let twin: StripeTwin
let edge: EdgeFunction
let bundle: string
let venue: TestVenue
let call: HttpCaller
let desk: OrderDesk

const bearer = testSecrets.adminKeys[0]
const asAdmin = { bearer, key: null, origin: null }

beforeAll(async () => {
  stage = await openSupabaseStage()
  for (const [name, isPublic] of [
    ['venuekit-media', true],
    ['venuekit-uploads', false],
  ] as const) {
    stage.supabase.storage.buckets.set(name, { isPublic, objects: new Map() })
  }
  twin = await startStripeTwin()
  bundle = await bundleEdgeFunction()
  edge = await startEdgeFunction(bundle, {
    SUPABASE_URL: stage.supabase.url,
    SUPABASE_SERVICE_ROLE_KEY: stage.supabase.serviceRoleKey,
    STRIPE_SECRET_KEY: twin.secretKey,
    STRIPE_WEBHOOK_SECRET: twin.webhookSecret,
    STRIPE_ACCOUNT: twin.account,
    STRIPE_API_BASE: twin.url,
    VENUEKIT_ORDER_TOKEN_SECRET: testSecrets.orderTokenKeys[0]?.secret ?? '',
    VENUEKIT_TICKET_KEY: testSecrets.ticketKeys[0] ?? '',
    VENUEKIT_ADMIN_KEY: bearer ?? '',
    VENUEKIT_UPLOAD_SECRET: 'upload address secret of the tests!',
    VENUEKIT_JOBS_SECRET: testSecrets.jobs,
    VENUEKIT_TIME_ZONE: 'America/Chicago',
  })
  stage.supabase.functionsUrl = edge.url
  twin.control.setWebhook({ url: `${stage.supabase.url}/functions/v1/venuekit/webhooks/stripe` })
  const owner = stage.place.open()
  venue = await createVenue(owner)
  await owner.close()
  // Over the network, by the project's gateway.
  const fetchFromEdge = (request: Request) =>
    fetch(new Request(request.url.replace('http://kit.test', `${stage.supabase.url}/functions/v1/venuekit`), request))
  call = createHttpCaller({ fetch: fetchFromEdge }, venue)
  desk = createOrderDesk(call, `${venue.origin}/tickets`)
})
afterAll(async () => {
  await edge?.stop()
  await twin?.close()
  await stage?.close()
})

const createEvent = async () =>
  (await call('POST', '/v1/admin/events', { ...asAdmin, body: newEvent(venue.venueId) })).read(adminEventResponse).event

test('a ticket is bought: order, payment, webhook and tickets pass through Deno, rpc and the real grants', async () => {
  const event = await createEvent()
  const placed = await desk.order(event, 2)
  expect(placed.order.status).toBe('reserved')
  twin.control.pay(sessionOf(placed))
  const { deliveries } = await twin.control.settled()
  expect(deliveries.map(({ state }) => state)).toEqual(deliveries.map(() => 'delivered'))
  const order = await desk.show(placed)
  expect(order.status).toBe('fulfilled')
  expect(order.tickets).toHaveLength(2)
  const { purchase } = await desk.sync(placed)
  expect(purchase).toMatchObject({ transaction_id: placed.order.id })
})

test('the file that is deployed is far below what Supabase takes', async () => {
  const megabytes = (await stat(bundle)).size / 1_000_000
  expect(megabytes).toBeGreaterThan(0.3)
  // 20 MB are allowed; each start of the function reads it.
  expect(megabytes).toBeLessThan(2)
})

test('a webhook with another signature is refused', async () => {
  const answer = await call('POST', '/webhooks/stripe', { rawBody: '{}', headers: { 'stripe-signature': 't=1,v1=00' } })
  expect(answer.status).toBe(400)
})

test('whoever is signed in at Supabase is signed in here, and nobody else is', async () => {
  const feedId = crypto.randomUUID()
  const body = { id: feedId, venueId: venue.venueId, name: 'Feed' }
  expect((await call('POST', '/v1/admin/feeds', { ...asAdmin, body })).status).toBe(200)
  const post = (token: string | undefined) =>
    call('POST', `/v1/feeds/${feedId}/posts`, { body: { clientId: crypto.randomUUID(), text: 'hello' }, bearer: token })
  const claims = { sub: crypto.randomUUID(), user_metadata: { full_name: 'Ada', roles: ['host'] } }
  const posted = await post(await stage.supabase.signUser(claims))
  expect(posted.body).toMatchObject({ post: { text: 'hello', author: { id: claims.sub, name: 'Ada' } } })
  // The key that every page of the host's knows is signed by the project too, and is nobody.
  for (const token of [undefined, stage.supabase.anonKey, stage.supabase.serviceRoleKey]) {
    expect((await post(token)).problem().code).toBe('unauthorized')
  }
  const page = await call('GET', `/v1/feeds/${feedId}/posts?key=${venue.key}`, { key: null })
  expect(page.body).toMatchObject({ items: [{ text: 'hello' }] })
  const live = await call('GET', `/v1/live?feeds=${feedId}&key=${venue.key}`, { key: null })
  expect(live.status).toBe(403)
})

test('jobs run by the scheduler’s call, and by nobody else’s', async () => {
  const run = (token?: string) =>
    call('POST', '/jobs/expire-reservations', { key: null, origin: null, bearer: token, body: {} })
  expect((await run(testSecrets.jobs)).body).toMatchObject({ job: 'expire-reservations', taken: true })
  expect((await run('another secret')).status).toBe(401)
})

test('pages of the key’s origin may call it, those of another may not', async () => {
  const preflight = await call('OPTIONS', '/v1/orders', {
    key: null,
    headers: { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'venuekit-key,content-type' },
  })
  expect(preflight.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('venuekit-key')
  const foreign = await desk.send(desk.cart(await createEvent()), { origin: 'https://evil.example' })
  expect(foreign.problem().code).toBe('forbidden')
})

/** As much of pg_cron, pg_net and Vault as the schedules use: what they would do is kept in tables. */
const extensions = `
  create schema cron; create schema net; create schema vault;
  create table cron.job (name text primary key, schedule text, command text);
  create function cron.schedule(name text, schedule text, command text) returns bigint language sql as
    'insert into cron.job values (name, schedule, command) on conflict (name) do update
     set schedule = excluded.schedule, command = excluded.command returning 1';
  create table net.requests (url text, headers jsonb, body jsonb, timeout_milliseconds integer);
  create function net.http_post(url text, body jsonb default '{}', params jsonb default '{}', headers jsonb default '{}',
    timeout_milliseconds integer default 5000) returns bigint language sql as
    'insert into net.requests values (url, headers, body, timeout_milliseconds) returning 1';
  create view vault.decrypted_secrets as select * from (values
    ('venuekit_url', 'https://project.supabase.co/functions/v1/venuekit'), ('venuekit_jobs_secret', '${testSecrets.jobs}'))
    as s (name, decrypted_secret)`

test('the schedules run every job: in the database what it can do alone, the rest by a call of the function', async () => {
  const text = await readFile(new URL('../../../../examples/supabase/cron.sql', import.meta.url), 'utf8')
  const schedules = text.replaceAll(/^create extension .*$/gm, '')
  const run = (sql: string) => stage.postgres.run(sql, stage.place.name)
  await run(extensions)
  await run(schedules)
  await run(schedules)
  const scheduled = (await run('select name, command from cron.job order by name')) as {
    name: string
    command: string
  }[]
  expect(scheduled.map(({ name }) => name)).toEqual(jobNames.map(name => `venuekit ${name}`).sort())
  for (const { command } of scheduled) await run(command)

  const requests = (await run('select * from net.requests')) as { url: string; headers: Record<string, string> }[]
  expect(requests).toHaveLength(jobNames.length - 2)
  for (const { url, headers } of requests) {
    const here = url.replace('https://project.supabase.co', stage.supabase.url)
    const answer = await fetch(here, { method: 'POST', headers, body: '{}' })
    expect([url, answer.status]).toEqual([url, 200])
  }
  const runs = await run(
    `select job, worker = 'pg_cron' as here, array(select jsonb_object_keys(report) order by 1) as counted
     from venuekit.job_runs where job in ('purge', 'roll-up-sales') and finished_at is not null and not failed order by 1`,
  )
  const counted = 'alerts changes jobRuns messageErrors orderOrigins orphanPayments rates reconciliations webhooks'
  expect(runs).toEqual([
    { job: 'purge', here: true, counted: counted.split(' ') },
    { job: 'roll-up-sales', here: true, counted: ['entries', 'events'] },
  ])
})

test('a picture is posted: by the function into Storage, and shown by Storage', async () => {
  const feedId = crypto.randomUUID()
  await call('POST', '/v1/admin/feeds', { ...asAdmin, body: { id: feedId, venueId: venue.venueId, name: 'Feed' } })
  const token = await stage.supabase.signUser({ sub: crypto.randomUUID() })
  const picture = samplePng(300, 200)
  const uploadId = crypto.randomUUID()
  const claim = { uploadId, feedId, kind: 'image', contentType: 'image/png', byteLength: picture.length }
  const { upload } = (await call('POST', '/v1/uploads', { body: claim, bearer: token })).read(uploadResponse)
  expect((await fetch(upload.uploadUrl ?? '', { method: 'PUT', body: picture })).status).toBe(200)
  const read = await call('GET', `/v1/uploads/${uploadId}`, { bearer: token })
  const { media } = read.read(uploadResponse).upload
  expect(media).toMatchObject({ status: 'ready', width: 300, height: 200 })
  expect((await fetch(media?.url ?? '')).headers.get('content-type')).toBe('image/png')
})

test('a page hands its session on: who signs in at Supabase posts, who signs out is nobody', async () => {
  const feedId = crypto.randomUUID()
  await call('POST', '/v1/admin/feeds', { ...asAdmin, body: { id: feedId, venueId: venue.venueId, name: 'Feed' } })
  const supabase = stage.connect(stage.supabase.anonKey)
  const venuekit = await connectVenueKit(supabase, { supabaseUrl: stage.supabase.url, publishableKey: venue.key })
  expect(venuekit.viewer).toBeNull()
  await supabase.auth.signInWithPassword({ email: 'ada@example.com', password: 'right' })
  expect(venuekit.viewer).toMatchObject({ name: 'ada' })
  const write = () =>
    venuekit.client.createPost({ params: { feedId }, body: { clientId: crypto.randomUUID(), text: 'from a page' } })
  expect(await write()).toMatchObject({ post: { text: 'from a page', author: { name: 'ada' } } })
  await supabase.auth.signOut({ scope: 'local' })
  expect(venuekit.viewer).toBeNull()
  await expect(write()).rejects.toMatchObject({ code: 'unauthorized' })
  venuekit.close()
})
