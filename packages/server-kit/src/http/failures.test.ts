import { expect, test } from 'vitest'
import { createServerKit } from '../createServerKit.ts'
import type { Database } from '../ports/database.ts'
import { DatabaseError } from '../ports/databaseError.ts'
import type { PaymentGateway } from '../ports/gateway.ts'
import { createHttpCaller } from '../testing/httpCaller.ts'
import { testSecrets } from '../testing/testSecrets.ts'

const kitOver = (fail: () => never, basePath = '') => {
  const logged: string[] = []
  const note = (message: string, fields?: object) => void logged.push(JSON.stringify({ message, ...fields }))
  const kit = createServerKit({
    database: { call: async () => fail(), close: async () => {} } satisfies Database,
    gateway: { account: 'acct_test', mode: 'test', publishableKey: null } as PaymentGateway,
    log: { info: note, warn: note, error: note },
    secrets: testSecrets,
    timeZone: 'UTC',
    basePath,
  })
  return { kit, call: createHttpCaller(kit, { key: 'vk_pub_test', origin: 'https://venue.example' }), logged }
}

test('an unexpected failure shows its id to the caller and its cause to the log alone', async () => {
  const { call, logged } = kitOver(() => {
    throw new TypeError('secret internals at /srv/app')
  })
  const answer = await call('GET', '/v1/events')
  expect(answer.problem()).toMatchObject({ status: 500, code: 'internal', retryable: true })
  expect(JSON.stringify(answer.body)).not.toContain('internals')
  expect(logged.join()).toContain('secret internals')
  expect(logged.join()).toContain(answer.problem().requestId)
})

test.each([
  ['busy', 503, 'busy'],
  ['unavailable', 503, 'busy'],
  ['failed', 500, 'internal'],
] as const)('a database that is %s answers %i', async (kind, status, code) => {
  const { call } = kitOver(() => {
    throw new DatabaseError(kind, 'relation "ticketing.orders" is locked')
  })
  const answer = await call('GET', '/v1/events')
  expect(answer.problem()).toMatchObject({ status, code, retryable: true })
  expect(answer.headers.get('retry-after') !== null).toBe(status === 503)
  expect(JSON.stringify(answer.body)).not.toContain('ticketing.orders')
})

const host = { key: null, origin: null }

test.each([
  ['unavailable', 'database_unreachable'],
  ['busy', 'database_unreachable'],
  ['failed', 'database_not_migrated'],
] as const)('a node whose database is %s is alive and not ready, and says why in general', async (kind, missing) => {
  const { call } = kitOver(() => {
    throw new DatabaseError(kind, 'password of postgres://ada:secret@db.internal refused')
  })
  expect((await call('GET', '/healthz', host)).status).toBe(200)
  for (const path of ['/readyz', '/healthz?ready']) {
    const answer = await call('GET', path, host)
    expect(answer.status).toBe(503)
    expect(answer.body).toMatchObject({ ready: false, missing })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(JSON.stringify(answer.body)).not.toMatch(/ada|secret|internal/)
  }
})

test('below a base path everything stands, and beside it nothing', async () => {
  const { call } = kitOver(() => {
    throw new DatabaseError('busy', 'busy')
  }, '/api/venuekit')
  expect((await call('GET', '/api/venuekit/v1/events')).status).toBe(503)
  expect((await call('PUT', '/api/venuekit/v1/events')).headers.get('allow')).toBe('GET, HEAD')
  expect((await call('GET', '/v1/events')).problem()).toMatchObject({ status: 404 })
  const preflight = await call('OPTIONS', '/api/venuekit/v1/admin/events', { key: null })
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
})

/** What a socket that closes in mid-body leaves to read. */
const brokenOff = () =>
  new ReadableStream({
    start: controller => controller.enqueue(new TextEncoder().encode('{"eventId":')),
    pull: controller => controller.error(new Error('aborted')),
  })

test.each([
  ['/v1/admin/feeds', '500'],
  ['/v1/admin/feeds', null],
  ['/webhooks/stripe', '500'],
  ['/webhooks/stripe', null],
])('a caller that goes away in the middle of its body is no failure: %s, length %s', async (path, length) => {
  const { kit, logged } = kitOver(() => {
    throw new Error('nothing is called')
  })
  const request = new Request(`https://api.example${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${testSecrets.adminKeys?.[0]}`,
      ...(length === null ? {} : { 'content-length': length }),
    },
    body: brokenOff(),
    duplex: 'half',
  } as RequestInit)
  const answer = await kit.fetch(request)
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ code: 'invalid_request', retryable: true })
  expect(logged).toEqual([])
})
