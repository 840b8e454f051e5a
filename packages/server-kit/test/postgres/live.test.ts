import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createServerKit, type ServerKit } from '../../src/createServerKit.ts'
import { type RunningServer, serve } from '../../src/node/serve.ts'
import { type FeedDesk, openFeedDesk } from '../../src/testing/feedDesk.ts'
import { type LiveReader, openLiveReader } from '../../src/testing/liveReader.ts'
import { startTestKit, type TestKit } from '../../src/testing/startTestKit.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import { testAuth } from '../../src/testing/testAuth.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'
import { testSecrets } from '../../src/testing/testSecrets.ts'

let postgres: TestPostgres
let place: TestDatabase
let stage: TestKit
let other: ServerKit
let servers: RunningServer[]
let desk: FeedDesk
const readers: LiveReader[] = []
/** What each node asked its database. */
const asked: string[][] = [[], []]

const openCounted = (node: number) => {
  const database = place.open()
  const { call } = database
  database.call = (name, args) => {
    asked[node]?.push(name)
    return call(name, args)
  }
  return database
}

beforeAll(async () => {
  postgres = await startTestPostgres()
  place = await postgres.createDatabase()
  stage = await startTestKit({}, { webhookUrl: '' }, async () => openCounted(0))
  other = createServerKit({
    database: openCounted(1),
    gateway: stage.gateway,
    auth: testAuth,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    limits: false,
    secrets: testSecrets,
    timeZone: 'UTC',
  })
  servers = await Promise.all(
    [stage.kit, other].map(kit => serve({ kit, port: 0, host: '127.0.0.1', jobs: false, signals: false })),
  )
  desk = await openFeedDesk(stage, stage.call)
})
afterEach(async () => {
  for (const reader of readers.splice(0)) {
    reader.abort()
    await reader.ended
  }
})
afterAll(async () => {
  await Promise.all((servers ?? []).map(server => server.close()))
  await stage?.close()
  await postgres?.stop()
})

const listen = async (node: number, { feeds = [desk.feedId], events = [] as string[], after = '' } = {}) => {
  const url = new URL(`http://127.0.0.1:${servers[node]?.port}/v1/live`)
  url.searchParams.set('key', stage.venue.key)
  if (feeds.length > 0) url.searchParams.set('feeds', feeds.join(','))
  if (events.length > 0) url.searchParams.set('events', events.join(','))
  const headers = { Origin: stage.venue.origin, ...(after ? { 'Last-Event-ID': after } : {}) }
  const reader = await openLiveReader(new Request(url, { headers }))
  readers.push(reader)
  return reader
}

const hears = (reader: LiveReader, text: string) => reader.until(({ texts }) => texts().includes(text))

test('what is posted at one node is heard at both, neutral, with a place to resume', async () => {
  const [here, there] = [await listen(0), await listen(1)]
  expect(here.status).toBe(200)
  expect(here.headers.get('content-type')).toContain('text/event-stream')
  expect(here.headers.get('cache-control')).toBe('no-store')
  await desk.post('hello')
  await Promise.all([hears(here, 'hello'), hears(there, 'hello')])
  expect(here.text()).toMatch(/^retry: \d+\n/)
  expect(there.heard[0]).toMatchObject({
    id: expect.stringMatching(/^\d+-\d+$/),
    message: { type: 'post', post: { text: 'hello', canDelete: false, reactions: { count: 0, mine: false } } },
  })
})

test('a slow transaction that took an early number is told after it commits, at both nodes, and the quick one too', async () => {
  const [slow, quick] = [await desk.post('slow'), await desk.post('quick')]
  const heard = await Promise.all([listen(0), listen(1)])
  const client = new pg.Client({ connectionString: place.adminUrl })
  await client.connect()
  await client.query('begin')
  await client.query('select feed.pin_post($1, $2, $3, true)', [slow.id, stage.venue.venueId, 'mod'])
  await stage.call('PUT', `/v1/posts/${quick.id}/pin`, { bearer: 'moderator:mod', body: { pinned: true } })
  await client.query('commit')
  await client.end()
  const pinned = ({ heard: all }: LiveReader) =>
    all.flatMap(({ message }) => (message.type === 'post' && message.post.pinnedAt !== null ? [message.post.id] : []))
  await Promise.all(heard.map(reader => reader.until(() => new Set(pinned(reader)).size === 2)))
  for (const reader of heard) expect(pinned(reader).sort()).toEqual([slow.id, quick.id].sort())
})

test('who was away resumes at the other node with what was missed: nothing lost, nothing twice', async () => {
  const before = await listen(0)
  await desk.post('seen')
  await hears(before, 'seen')
  before.abort()
  await before.ended
  const gone = await desk.post('gone')
  for (const text of ['missed 1', 'missed 2']) await desk.post(text)
  await stage.call('DELETE', `/v1/posts/${gone.id}`, { bearer: 'viewer:ada' })
  const after = await listen(1, { after: before.lastId() })
  await hears(after, 'missed 2')
  await desk.post('next')
  await hears(after, 'next')
  expect(after.texts()).toEqual(['missed 1', 'missed 2', 'next'])
  expect(after.heard.map(({ message }) => message.type).filter(type => type !== 'post')).toEqual(['post_removed'])
})

test('thirty writers at once while a reader comes and goes at both nodes: it resumes and hears of every post once', async () => {
  const texts = Array.from({ length: 30 }, (_, number) => `writer ${number}`)
  const first = await listen(0)
  const writing = Promise.all(texts.map(text => desk.post(text)))
  const all: string[] = []
  let reader = first
  let lastId = ''
  for (let turn = 0; turn < 5; turn++) {
    await reader.until(({ heard }) => heard.length > 0 || all.length >= texts.length)
    reader.abort()
    await reader.ended
    all.push(...reader.texts())
    // One that is left before it told anything leaves us where we stood.
    lastId = reader.lastId() || lastId
    reader = await listen(turn % 2, { after: lastId })
  }
  await writing
  await reader.until(() => [...all, ...reader.texts()].filter(text => text.startsWith('writer')).length >= texts.length)
  const heard = [...all, ...reader.texts()].filter(text => text.startsWith('writer'))
  expect(heard.toSorted()).toEqual(texts.toSorted())
})

test('an id that nobody gave, and one older than what is kept, begin again', async () => {
  await stage.database.withOwner(connection =>
    connection.query("update feed.changes set changed_at = changed_at - interval '61 minutes'"),
  )
  expect((await stage.database.call('feed.purge_changes', {})).removed).toBeGreaterThan(0)
  for (const after of ['garbage', '0-0', '9000000000-1']) {
    const reader = await listen(0, { after })
    await reader.until(({ heard }) => heard.some(({ message }) => message.type === 'reset'))
    expect(reader.lastId(), after).toMatch(/^\d+-\d+$/)
  }
})

test('what a node asks of its database does not grow with its readers', async () => {
  const many = await Promise.all(Array.from({ length: 40 }, () => listen(0)))
  const [single] = [await listen(1)]
  const count = (node: number, name: string) => (asked[node] ?? []).filter(call => call === name).length
  const before = [count(0, 'feed.read_changes'), count(1, 'feed.read_changes')]
  const begun = performance.now()
  for (const text of ['cost 1', 'cost 2', 'cost 3']) {
    await desk.post(text)
    await Promise.all([...many, single].map(reader => hears(reader, text)))
  }
  const [here = 0, there = 0] = [0, 1].map(node => count(node, 'feed.read_changes') - (before[node] ?? 0))
  // Three readings more: node 0 is woken by the posts that are made through it.
  expect(here).toBeLessThanOrEqual(there + 4)
  // One each second besides.
  expect(here).toBeLessThan(12 + (performance.now() - begun) / 1000)
})

test('events: one question in two seconds, whoever watches, and news of them only when something changed', async () => {
  const event = await stage.createEvent()
  const options = { feeds: [], events: [event.id] }
  const watchers = await Promise.all(Array.from({ length: 10 }, () => listen(0, options)))
  await Promise.all(watchers.map(reader => reader.until(({ heard }) => heard.length === 1)))
  const before = (asked[0] ?? []).filter(call => call === 'ticketing.get_event').length
  const begun = performance.now()
  await stage.call('POST', '/v1/orders', {
    idempotencyKey: crypto.randomUUID(),
    body: {
      eventId: event.id,
      items: [{ tierId: event.tiers[0]?.id, quantity: 2 }],
      buyer: { name: 'Ada', email: 'ada@example.com' },
      returnUrl: `${stage.venue.origin}/`,
    },
  })
  await Promise.all(watchers.map(reader => reader.until(({ heard }) => heard.length === 2)))
  expect(watchers[0]?.heard.at(-1)?.message).toMatchObject({ type: 'event', event: { tiers: [{ available: 98 }] } })
  expect((asked[0] ?? []).filter(call => call === 'ticketing.get_event').length - before).toBeLessThanOrEqual(
    3 + (performance.now() - begun) / 2000,
  )
})

test('a server that closes ends its streams at once, and says when to come again', async () => {
  const kit = createServerKit({
    database: place.open(),
    gateway: stage.gateway,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    secrets: testSecrets,
    timeZone: 'UTC',
  })
  const server = await serve({ kit, port: 0, host: '127.0.0.1', jobs: false, signals: false, drainSeconds: 600 })
  servers.push(server)
  const reader = await listen(servers.length - 1)
  servers.pop()
  await server.close()
  await reader.ended
  expect(reader.text()).toMatch(/retry: \d+\n\n$/)
})
