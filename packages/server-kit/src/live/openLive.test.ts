import type { FeedFeatures } from '@venuekit/core/contracts'
import { afterEach, expect, test, vi } from 'vitest'
import { type FeedDesk, openFeedDesk } from '../testing/feedDesk.ts'
import { type LiveReader, openLiveReader } from '../testing/liveReader.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

// Each test starts a kit of its own.
vi.setConfig({ testTimeout: 60_000 })

let stage: TestKit
let desk: FeedDesk
const readers: LiveReader[] = []

const open = async (change: Parameters<typeof startTestKit>[0] = {}) => {
  stage = await startTestKit(change, { webhookUrl: '' })
  desk = await openFeedDesk(stage, stage.call)
}

afterEach(async () => {
  for (const reader of readers.splice(0)) reader.abort()
  await stage.close()
})

const address = (query: Record<string, string>) =>
  `http://kit.test/v1/live?${new URLSearchParams({ key: stage.venue.key, ...query })}`

const listen = async (query: Record<string, string> = { feeds: desk.feedId }, headers: Record<string, string> = {}) => {
  const request = new Request(address(query), { headers: { Origin: stage.venue.origin, ...headers } })
  const reader = await openLiveReader(request, asked => stage.kit.fetch(asked, { clientAddress: '203.0.113.7' }))
  readers.push(reader)
  return reader
}

/** Timers of this process. */
const timers = () => process.getActiveResourcesInfo().filter(name => name === 'Timeout').length
/** No more than before, once those of others that were begun meanwhile have ended. */
const expectNoMoreThan = async (before: number) => {
  for (let turns = 0; turns < 10_000 && timers() > before; turns += 1) await new Promise(setImmediate)
  expect(timers()).toBeLessThanOrEqual(before)
}

test('the keys, origins and ids that may not are refused as on every route, and readably', async () => {
  await open()
  const elsewhere = await stage.call('GET', `/v1/live?feeds=${desk.feedId}`, { origin: 'https://elsewhere.example' })
  expect(elsewhere.problem().code).toBe('forbidden')
  expect(elsewhere.headers.get('access-control-allow-origin')).toBe('https://elsewhere.example')
  const preflight = await stage.kit.fetch(
    new Request(address({}), {
      method: 'OPTIONS',
      headers: { Origin: stage.venue.origin, 'Access-Control-Request-Headers': 'last-event-id' },
    }),
  )
  expect(preflight.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('last-event-id')
  const unknown = crypto.randomUUID()
  expect((await stage.call('GET', `/v1/live?feeds=${unknown}`)).problem().code).toBe('not_found')
  expect((await stage.call('GET', `/v1/live?events=${unknown}`)).problem().code).toBe('not_found')
  expect((await stage.call('GET', '/v1/live')).problem().code).toBe('invalid_request')
  expect((await stage.call('GET', '/v1/live?feeds=x')).problem().code).toBe('invalid_request')
})

test('another venue’s feed is none of ours, and leaves the rest of the stream alone', async () => {
  await open()
  const venueId = crypto.randomUUID()
  const feedId = crypto.randomUUID()
  await stage.database.call('venuekit.create_venue', { venue_id: venueId, name: 'Another' })
  await stage.database.call('feed.create_feed', { feed_id: feedId, venue_id: venueId, name: 'Theirs' })
  expect((await stage.call('GET', `/v1/live?feeds=${feedId}`)).problem().code).toBe('not_found')
  const reader = await listen({ feeds: `${feedId},${desk.feedId}` })
  const post = { client_id: crypto.randomUUID(), author: { id: 'x', name: 'x', avatarUrl: null }, text: 'theirs' }
  const args = { moderator: false, media: [], media_kinds: [], request_hash: '1', post_id: crypto.randomUUID() }
  await stage.database.call('feed.create_post', { feed_id: feedId, venue_id: venueId, ...post, ...args })
  await desk.post('ours')
  await reader.until(({ texts }) => texts().includes('ours'))
  expect(reader.texts()).toEqual(['ours'])
})

test('who goes leaves nothing behind: no timer, no place taken, no question to the database', async () => {
  const asked: string[] = []
  await open({ limits: { liveStreams: { address: 1 } } })
  const { call } = stage.database
  stage.database.call = (name, args) => {
    asked.push(name)
    return call(name, args)
  }
  await desk.post('warm')
  await stage.kit.drain()
  const before = timers()
  for (let round = 0; round < 3; round++) {
    const reader = await listen()
    await desk.post(`round ${round}`)
    await reader.until(({ texts }) => texts().includes(`round ${round}`))
    expect(timers()).toBeGreaterThan(before)
    reader.abort()
    await reader.ended
    await expectNoMoreThan(before)
  }
  asked.length = 0
  await desk.post('nobody hears')
  expect(asked).not.toContain('feed.read_changes')
})

test('a HEAD opens nothing', async () => {
  await open({ limits: { liveStreams: { key: 1 } } })
  const before = timers()
  for (let round = 0; round < 3; round++) {
    const answer = await stage.kit.fetch(new Request(address({ feeds: desk.feedId }), { method: 'HEAD' }))
    expect(answer.status).toBe(200)
  }
  await expectNoMoreThan(before)
  expect((await listen()).status).toBe(200)
})

test.each([{ key: 2 }, { address: 2 }])('beyond %o streams are refused until one ends', async limit => {
  await open({ limits: { liveStreams: limit } })
  const [first] = [await listen(), await listen()]
  expect((await listen()).status).toBe(429)
  first.abort()
  await first.ended
  expect((await listen()).status).toBe(200)
})

test('who does not read is dropped once what waits is too much; who missed much lists again, who missed little resumes', async () => {
  await open()
  const answer = await stage.kit.fetch(new Request(address({ feeds: desk.feedId })))
  // What one who reads has heard, the node has offered to everybody.
  const reader = await listen()
  const texts = Array.from({ length: 40 }, (_, number) => `${number} ${'𝄞'.repeat(1990)}`)
  for (const text of texts) await desk.post(text)
  await reader.until(({ texts: heard }) => heard().length === texts.length)
  await expect(answer.body?.getReader().read()).rejects.toThrow('too slow')
  const again = await listen({ feeds: desk.feedId }, { 'Last-Event-ID': '0-0' })
  await again.until(({ heard }) => heard[0]?.message.type === 'reset')
  for (const text of ['one', 'two']) await desk.post(text)
  await again.until(({ texts: heard }) => heard().length >= 2)
  const resumed = await listen({ feeds: desk.feedId }, { 'Last-Event-ID': again.heard[1]?.id ?? '' })
  await resumed.until(({ texts: heard }) => heard().length > 0)
  expect([again.texts(), resumed.texts()]).toEqual([['one', 'two'], ['two']])
})

test('a feed that is switched off is refused; its running streams are told and end; others go on without it', async () => {
  const off = new Set<string>()
  const flags = {
    read: async ({ feedId }: { feedId: string }): Promise<Partial<FeedFeatures>> => ({ live: !off.has(feedId) }),
  }
  await open({ flags })
  const other = await openFeedDesk(stage, stage.call)
  off.add(desk.feedId)
  expect((await stage.call('GET', `/v1/live?feeds=${desk.feedId}`)).problem()).toMatchObject({
    code: 'forbidden',
    detail: expect.stringContaining('switched off'),
  })
  const reader = await listen({ feeds: `${desk.feedId},${other.feedId}` })
  await desk.post('unheard')
  await other.post('heard')
  await reader.until(({ texts }) => texts().includes('heard'))
  expect(reader.texts()).toEqual(['heard'])
  expect(reader.heard[0]?.message).toMatchObject({ type: 'features', feedId: desk.feedId, features: { live: false } })
})

test('an event is told at the beginning, also with a feed', async () => {
  await open()
  const event = await stage.createEvent()
  const reader = await listen({ feeds: desk.feedId, events: event.id })
  await reader.until(({ heard }) => heard.some(({ message }) => message.type === 'event'))
  await desk.post('both')
  await reader.until(({ texts }) => texts().includes('both'))
})
