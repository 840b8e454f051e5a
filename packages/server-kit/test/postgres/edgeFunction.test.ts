import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { adminEventResponse, uploadResponse } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connectVenueKit } from '../../../../examples/supabase/page/connectVenueKit.ts'
import { readConfiguration } from '../../src/configuration.ts'
import { cronSql, jobsForCallers } from '../../src/jobs/cronSql.ts'
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
let environment: Record<string, string>
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
  environment = {
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
  }
  edge = await startEdgeFunction(bundle, environment)
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

test('the runtime is told to wait for the mail, which goes out after the answer', async () => {
  const placed = await desk.order(await createEvent(), 1)
  twin.control.pay(sessionOf(placed))
  await twin.control.settled()
  const at = (line: string) => edge.printed.findIndex(printed => printed.includes(line))
  const isMail = (line: string) => line.includes('mail not sent') && line.includes(placed.order.id)
  await vi.waitFor(() => {
    const mail = edge.printed.findIndex(isMail)
    expect(mail).toBeGreaterThan(-1)
    const waits = edge.printed.slice(0, mail).flatMap(line => /^EdgeRuntime waits (\d+)$/.exec(line)?.[1] ?? [])
    // One that was begun before the mail went has ended after it.
    expect(waits.filter(wait => at(`EdgeRuntime waited ${wait}`) > mail)).not.toEqual([])
  }, 20_000)
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
  create table cron.job (jobid bigint generated always as identity, jobname text unique, command text);
  create function cron.schedule(job_name text, schedule text, command text) returns bigint language sql as
    'insert into cron.job (jobname, command) values (job_name, command) returning jobid';
  create function cron.unschedule(job_id bigint) returns boolean language sql as
    'delete from cron.job where jobid = job_id returning true';
  create table net.requests (url text, headers jsonb);
  create function net.http_post(url text, headers jsonb, timeout_milliseconds integer) returns bigint language sql as
    'insert into net.requests values (url, headers) returning 1';
  create view vault.decrypted_secrets as select 'venuekit_jobs_secret' as name, '${testSecrets.jobs}' as decrypted_secret`

test('the schedules run every job: in the database what it can do alone, the rest by a call of the function', async () => {
  const { retention } = readConfiguration({ secrets: testSecrets, timeZone: 'UTC' })
  const run = (sql: string) => stage.postgres.run(sql, stage.place.name)
  await run(extensions)
  await run(cronSql(retention, { url: `${stage.supabase.url}/functions/v1/venuekit` }))
  const scheduled = (await run('select jobname, command from cron.job')) as { jobname: string; command: string }[]
  expect(scheduled.map(({ jobname }) => jobname)).toEqual(jobNames.map(name => `venuekit ${name}`))
  for (const { command } of scheduled) await run(command)

  const requests = (await run('select * from net.requests')) as { url: string; headers: Record<string, string> }[]
  expect(requests).toHaveLength(jobsForCallers.length)
  for (const { url, headers } of requests) {
    const answer = await fetch(url, { method: 'POST', headers })
    expect([url, answer.status]).toEqual([url, 200])
  }
  const done = await run('select distinct job from venuekit.job_runs where finished_at is not null and not failed')
  expect(done.map(({ job }) => job).sort()).toEqual([...jobNames].sort())
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

test('the command line reaches the same project by supabase-js, and sends whoever would migrate to the export', async () => {
  const root = fileURLToPath(new URL('../../../../', import.meta.url))
  const venuekit = async (...command: string[]) => {
    const main = join(root, 'packages/server-kit/src/cli/main.ts')
    const config = join(root, 'examples/supabase/venuekit.config.ts')
    const args = ['--conditions=@venuekit/source', '--no-warnings', main, ...command, '--json', '--config', config]
    const options = { env: { ...process.env, ...environment } }
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, options).catch(error => error)
    return `${stdout}${stderr}`
  }
  expect(await venuekit('health')).toContain('"score": 0')
  expect(await venuekit('migrate', '--apply')).toContain('venuekit sql export --supabase')
})
