import { adminFeedPage, adminFeedResponse, feedResponse } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FeedDesk, openFeedDesk } from '../testing/feedDesk.ts'
import { createVenue, startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { testSecrets } from '../testing/testSecrets.ts'

let stage: TestKit
let desk: FeedDesk
beforeAll(async () => {
  stage = await startTestKit()
  desk = await openFeedDesk(stage, stage.call)
}, 60_000)
afterAll(() => stage.close())

const admin = (method: string, path: string, body?: unknown) =>
  stage.call(method, `/v1/admin${path}`, { key: null, origin: null, bearer: testSecrets.adminKeys[0], body })
const getFeed = async (bearer?: string) =>
  (await stage.call('GET', `/v1/feeds/${desk.feedId}`, { bearer })).read(feedResponse).feed

test('a feed says what it offers, what a post may hold, and what the asking viewer may do', async () => {
  expect(await getFeed()).toMatchObject({
    id: desk.feedId,
    name: 'News',
    features: { images: false, video: false, reactions: true, live: true },
    limits: { textLength: 2000, videoSeconds: 30 },
    permissions: { post: false, moderate: false },
  })
  expect((await getFeed('viewer:ada')).permissions).toEqual({ post: true, moderate: false })
  expect((await getFeed('moderator:mod')).permissions).toEqual({ post: true, moderate: true })
  expect((await getFeed('host:boss')).permissions).toEqual({ post: true, moderate: true })
})

test("another venue's feed is not found", async () => {
  const { key, origin } = await createVenue(stage.database, 'https://other.example')
  const answer = await stage.call('GET', `/v1/feeds/${desk.feedId}`, { key, origin })
  expect(answer.problem()).toMatchObject({ status: 404, code: 'not_found' })
})

test('a host creates feeds, the same again is the same, another under its id a conflict', async () => {
  const { venueId } = stage.venue
  const feed = { id: crypto.randomUUID(), venueId, name: 'Backstage' }
  for (const _again of [1, 2]) {
    expect((await admin('POST', '/feeds', feed)).read(adminFeedResponse).feed).toMatchObject({
      ...feed,
      openReports: 0,
    })
  }
  expect((await admin('POST', '/feeds', { ...feed, name: 'Other' })).problem().code).toBe('conflict')
  const nowhere = { ...feed, id: crypto.randomUUID(), venueId: crypto.randomUUID() }
  expect((await admin('POST', '/feeds', nowhere)).problem()).toMatchObject({
    code: 'invalid_request',
    fields: { venueId: expect.any(String) },
  })
})

test('a host lists the feeds of one venue, page by page', async () => {
  const { venueId } = await createVenue(stage.database, 'https://third.example')
  const ids = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()].sort()
  for (const id of ids) await admin('POST', '/feeds', { id, venueId, name: 'One of three' })
  const first = (await admin('GET', `/feeds?venueId=${venueId}&limit=2`)).read(adminFeedPage)
  const next = `/feeds?venueId=${venueId}&limit=2&cursor=${first.nextCursor}`
  const second = (await admin('GET', next)).read(adminFeedPage)
  expect([...first.items, ...second.items].map(feed => feed.id)).toEqual(ids)
  expect(second.nextCursor).toBeNull()
  expect((await admin('GET', `/feeds?cursor=${first.nextCursor}`)).problem().code).toBe('invalid_request')
})
