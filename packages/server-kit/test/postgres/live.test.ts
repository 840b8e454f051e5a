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
