import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { postHogFlags } from './postHogFlags.ts'

/** Stands in for PostHog's endpoint: what it is asked, and what it answers next. */
let server: Server
let host: string
let asked: { url: string | undefined; body: unknown }[] = []
let answer: (request: IncomingMessage) => { status: number; body: string } | null

beforeAll(async () => {
  server = createServer(async (request, response) => {
    asked.push({ url: request.url, body: JSON.parse(await text(request)) })
    const next = answer(request)
    if (next) response.writeHead(next.status, { 'content-type': 'application/json' }).end(next.body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked = []
})

const feed = { feedId: crypto.randomUUID(), venueId: crypto.randomUUID() }
const flag = (key: string, enabled: boolean) => ({
  key,
  enabled,
  variant: null,
  reason: { code: 'condition_match', condition_index: 0, description: 'Matched condition set 1' },
  metadata: { id: 1, version: 2, description: null, payload: null },
})
const answers = (flags: Record<string, unknown>, change: object = {}) => {
  answer = () => ({
    status: 200,
    body: JSON.stringify({ flags, errorsWhileComputingFlags: false, requestId: 'r', ...change }),
  })
}
const source = (change: { timeoutMs?: number } = {}) =>
  postHogFlags({
    host: `${host}/`,
    projectKey: 'phc_test',
    flags: { video: 'feed-video', live: 'feed-live' },
    ...change,
  })

test('the flags that the host named switch their features, and no others', async () => {
  answers({ 'feed-video': flag('feed-video', false), 'feed-live': flag('feed-live', true), other: flag('other', true) })
  expect(await source().read(feed)).toEqual({ video: false, live: true })
  expect(asked).toEqual([
    {
      url: '/flags?v=2',
      body: {
        api_key: 'phc_test',
        distinct_id: `venuekit-feed-${feed.feedId}`,
        person_properties: { feed_id: feed.feedId, venue_id: feed.venueId },
        geoip_disable: true,
      },
    },
  ])
})

test('a flag that was disabled is not in the answer, and off', async () => {
  answers({ 'feed-live': flag('feed-live', true) })
  expect(await source().read(feed)).toEqual({ video: false, live: true })
})

test('without any flag named nobody is asked', async () => {
  expect(await postHogFlags({ host, projectKey: 'phc_test', flags: {} }).read(feed)).toEqual({})
  expect(asked).toEqual([])
})

test.each([
  ['it could not compute all of them', { 'feed-live': flag('feed-live', true) }, { errorsWhileComputingFlags: true }],
  ['one of them failed', { 'feed-video': { ...flag('feed-video', false), failed: true } }, {}],
  ['the quota is used up', {}, { quotaLimited: ['feature_flags'] }],
])('nothing is concluded where %s', async (_what, flags, change) => {
  answers(flags, change)
  await expect(source().read(feed)).rejects.toThrow('PostHog')
})

test.each([
  ['refuses the key', { status: 401, body: '{"type":"authentication_error"}' }, '401'],
  ['answers in another shape', { status: 200, body: '{"featureFlags":{}}' }, 'shape'],
])('it fails loudly where PostHog %s', async (_what, next, message) => {
  answer = () => next
  await expect(source().read(feed)).rejects.toThrow(message)
})

test('a PostHog that does not answer is left after the timeout', async () => {
  answer = () => null
  await expect(source({ timeoutMs: 50 }).read(feed)).rejects.toMatchObject({ name: 'TimeoutError' })
})
