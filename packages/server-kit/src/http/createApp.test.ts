import { adminRoutes, hostRoutes, routes } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newestMigration } from '../services/newestMigration.ts'
import { newEvent, startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { testSecrets } from '../testing/testSecrets.ts'
import { adminHandlers } from './adminHandlers.ts'
import { routeHandlers } from './routeHandlers.ts'

let stage: TestKit
beforeAll(async () => {
  stage = await startTestKit({
    trustedProxyHops: 1,
    assets: {
      read: async path => (path.endsWith('.js') && !path.includes('missing') ? new TextEncoder().encode('ok()') : null),
    },
  })
}, 60_000)
afterAll(() => stage.close())

const host = { key: null, origin: null }
const preflight = (path: string, headers: Record<string, string> = {}) =>
  stage.call('OPTIONS', path, {
    key: null,
    origin: 'https://anywhere.example',
    headers: { 'access-control-request-method': 'POST', ...headers },
  })

test('an unknown path is a problem with an id, and says nothing else', async () => {
  const answer = await stage.call('GET', '/nowhere')
  expect(answer.problem()).toMatchObject({ status: 404, code: 'not_found', retryable: false })
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
})

test('a wrong method is told which are right', async () => {
  const answer = await stage.call('PUT', '/v1/events')
  expect(answer.problem()).toMatchObject({ status: 405, code: 'invalid_request', title: 'Method not allowed' })
  expect(answer.headers.get('allow')).toBe('GET, HEAD')
  expect((await stage.call('GET', '/webhooks/stripe', host)).headers.get('allow')).toBe('POST')
})

test('a request id from a proxy is kept, a strange one is replaced', async () => {
  const kept = await stage.call('GET', '/nowhere', { headers: { 'x-request-id': 'edge-42' } })
  expect(kept.headers.get('x-request-id')).toBe('edge-42')
  const replaced = await stage.call('GET', '/nowhere', { headers: { 'x-request-id': 'a b"c' } })
  expect(replaced.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
})

test('every route of the contract is there, and what is not served yet says so', async () => {
  const [bearer] = testSecrets.adminKeys
  const tables = [
    { table: routes, handlers: routeHandlers, call: {} },
    { table: adminRoutes, handlers: adminHandlers, call: { ...host, bearer } },
  ]
  for (const { table, handlers, call } of tables) {
    for (const [name, { method, path, auth }] of Object.entries(table)) {
      const handler = (handlers as Record<string, unknown>)[name]
      if (typeof handler === 'function') continue
      const credentials = auth === 'viewer' ? { bearer: 'viewer:ada' } : {}
      const address = path.replaceAll(/:\w+/g, crypto.randomUUID())
      const answer = await stage.call(method, address, { ...call, ...credentials })
      if (auth === 'order') expect(answer.problem().code).toBe('unauthorized')
      else expect(answer.problem(), name).toMatchObject({ status: 404, title: 'Not available' })
    }
  }
  expect((await stage.call('POST', hostRoutes.muxWebhook.path, host)).problem().title).toBe('Not available')
})

test('an answer is readable by the key’s own page, and caches keep pages apart', async () => {
  const answer = await stage.call('GET', '/v1/events')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('access-control-allow-origin')).toBe(stage.venue.origin)
  expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  expect(answer.headers.get('access-control-expose-headers')).toBe('ETag,Retry-After,X-Request-Id')
  const vary = answer.headers.get('vary')?.split(/, */) ?? []
  expect(new Set(vary)).toEqual(new Set(['Origin', 'VenueKit-Key', 'Authorization']))
})

test('a page that the key does not know reads why, and nothing besides', async () => {
  const answer = await stage.call('GET', '/v1/events', { origin: 'https://evil.example' })
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://evil.example')
  expect(answer.problem()).toMatchObject({ status: 403, code: 'forbidden' })
  const unknown = await stage.call('GET', '/v1/events', { key: 'vk_pub_nobody', origin: 'https://evil.example' })
  expect(unknown.problem().detail).toBe(answer.problem().detail)
})

test('reads take the key from the address and need no preflight; writes do not', async () => {
  const { key } = stage.venue
  expect((await stage.call('GET', `/v1/events?key=${key}`, { key: null })).status).toBe(200)
  expect((await stage.call('POST', `/v1/orders/resend?key=${key}`, { key: null, body: {} })).problem().code).toBe(
    'forbidden',
  )
})

test('a server, which has no origin, may use the key', async () => {
  expect((await stage.call('GET', '/v1/events', { origin: null })).status).toBe(200)
})

test('a preflight is answered for every page, because it carries no key to judge by', async () => {
  const answer = await preflight('/v1/orders')
  expect(answer.status).toBe(204)
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://anywhere.example')
  expect(answer.headers.get('access-control-allow-headers')).toContain('VenueKit-Order-Token')
  expect(answer.headers.get('access-control-max-age')).toBe('7200')
})

test('no page may call the host’s routes', async () => {
  for (const path of ['/v1/admin/events', '/jobs/send-messages', '/webhooks/stripe']) {
    expect((await preflight(path)).headers.get('access-control-allow-origin')).toBeNull()
  }
})

test('reads have an ETag that saves the body, and stay readable when it does', async () => {
  const event = await stage.createEvent()
  const first = await stage.call('GET', `/v1/events/${event.id}`)
  const etag = first.headers.get('etag') ?? ''
  expect(etag).not.toBe('')
  expect(first.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=2, must-revalidate')
  const again = await stage.call('GET', `/v1/events/${event.id}`, { headers: { 'if-none-match': etag } })
  expect([again.status, again.body]).toEqual([304, ''])
  expect(again.headers.get('access-control-allow-origin')).toBe(stage.venue.origin)
})

test('HEAD answers what GET would, without the body', async () => {
  const answer = await stage.call('HEAD', `/v1/events?key=${stage.venue.key}`, { key: null })
  expect([answer.status, answer.body]).toEqual([200, ''])
  expect(answer.headers.get('etag')).not.toBeNull()
})

test('pages of events follow one another, and a cursor of another list is refused', async () => {
  for (const startsAt of ['2031-01-01T20:00:00Z', '2031-01-02T20:00:00Z']) await stage.createEvent({ startsAt })
  const first = (await stage.call('GET', '/v1/events?limit=1')).body as { items: unknown[]; nextCursor: string }
  expect(first.items).toHaveLength(1)
  const second = (await stage.call('GET', `/v1/events?limit=1&cursor=${first.nextCursor}`)).body
  expect(second).not.toEqual(first)
  const feed = `/v1/feeds/${crypto.randomUUID()}/posts?cursor=${first.nextCursor}`
  expect((await stage.call('GET', feed)).problem()).toMatchObject({ code: 'invalid_request' })
})

test('the host’s routes take a secret key and no other', async () => {
  const path = `/v1/admin/events/${crypto.randomUUID()}`
  for (const bearer of [undefined, 'vk_sec_wrong', stage.venue.key, testSecrets.jobs]) {
    expect((await stage.call('GET', path, { ...host, bearer })).problem()).toMatchObject({ code: 'unauthorized' })
  }
  expect((await stage.call('GET', path, { ...host, bearer: testSecrets.adminKeys[0] })).problem().code).toBe(
    'not_found',
  )
})

test('an event is created once, and what does not fit together is named', async () => {
  const create = (body: unknown) =>
    stage.call('POST', '/v1/admin/events', { ...host, bearer: testSecrets.adminKeys[0], body })
  const event = newEvent(stage.venue.venueId)
  expect((await create(event)).status).toBe(200)
  expect((await create(event)).status).toBe(200)
  expect((await create({ ...event, name: 'Another' })).problem()).toMatchObject({ status: 409, code: 'conflict' })
  expect((await create({ ...newEvent(crypto.randomUUID()) })).problem().fields).toHaveProperty('venueId')
  const wrong = newEvent(stage.venue.venueId, { timeZone: 'Mars/Olympus', endsAt: '2020-01-01T00:00:00Z' })
  expect(Object.keys((await create(wrong)).problem().fields ?? {})).toEqual(['timeZone', 'endsAt'])
})

test('a node is ready on a database of this version or a newer one, and not on an older one', async () => {
  const ask = async () => {
    const answer = await stage.call('GET', '/readyz', host)
    return [answer.status, answer.body]
  }
  const rename = (from: string, to: string) =>
    stage.database.withOwner(connection =>
      connection.exec(`update venuekit.migrations set number = ${to} where number = ${from}`),
    )
  expect((await stage.call('GET', '/healthz', host)).body).toEqual({ status: 'ok' })
  expect(await ask()).toEqual([200, { ready: true }])
  const newest = '(select max(number) from venuekit.migrations)'
  await rename(newest, '9999')
  expect(await ask()).toEqual([200, { ready: true }])
  await rename(newest, '0')
  expect(await ask()).toMatchObject([503, { ready: false, missing: 'database_older' }])
  await rename('0', String(newestMigration))
  expect(await ask()).toEqual([200, { ready: true }])
})

test('a node that is told to end is not ready, and serves on', async () => {
  const ending = await startTestKit()
  const ask = () => ending.call('GET', '/readyz', host)
  expect((await ask()).status).toBe(200)
  ending.kit.beginDraining()
  const answer = await ask()
  expect(answer.status).toBe(503)
  expect(answer.body).toMatchObject({ ready: false, missing: 'draining' })
  expect((await ending.call('GET', '/v1/events')).status).toBe(200)
  await ending.close()
})

test('embed files are open to all: versions for ever, the loader for minutes', async () => {
  const immutable = await stage.call('GET', '/embed/1.2.3/feed-abc.js', host)
  expect(immutable.body).toBe('ok()')
  expect(immutable.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(immutable.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(immutable.headers.get('access-control-allow-origin')).toBe('*')
  expect(immutable.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  const loader = await stage.call('GET', '/embed/v1/loader.js', host)
  expect(loader.headers.get('cache-control')).toBe('public, max-age=300')
  for (const path of ['/embed/v1/missing.js', '/embed/v1/..%2f..%2fpackage.js', '/embed/v1/.env.js', '/embed/']) {
    expect((await stage.call('GET', path, host)).status, path).toBe(404)
  }
})
