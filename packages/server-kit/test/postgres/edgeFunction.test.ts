import { stat } from 'node:fs/promises'
import { adminEventResponse } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHttpCaller, type HttpCaller } from '../../src/testing/httpCaller.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../../src/testing/orderDesk.ts'
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
    VENUEKIT_JOBS_SECRET: testSecrets.jobs,
    VENUEKIT_TIME_ZONE: 'America/Chicago',
  })
  twin.control.setWebhook({ url: `${edge.url}/venuekit/webhooks/stripe` })
  const owner = stage.place.open()
  venue = await createVenue(owner)
  await owner.close()
  // Over the network, under the function's name.
  const fetchFromEdge = (request: Request) =>
    fetch(new Request(request.url.replace('http://kit.test', `${edge.url}/venuekit`), request))
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
