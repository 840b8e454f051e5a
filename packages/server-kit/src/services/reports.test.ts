import { adminFeedPage, postPage, reportPage, reportResponse } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFeedDesk } from '../testing/feedDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { testSecrets } from '../testing/testSecrets.ts'

let stage: TestKit
beforeAll(async () => {
  stage = await startTestKit()
}, 60_000)
afterAll(() => stage.close())

const admin = (method: string, path: string, body?: unknown) =>
  stage.call(method, `/v1/admin${path}`, { key: null, origin: null, bearer: testSecrets.adminKeys[0], body })
const report = (postId: string, bearer: string, body: unknown = { reason: 'abuse', note: ' rude ' }) =>
  stage.call('POST', `/v1/posts/${postId}/report`, { bearer, body })

/** A feed of its own for each test, with its list for moderators. */
const openDesk = async () => {
  const desk = await openFeedDesk(stage, stage.call)
  const list = async (query = '') => (await admin('GET', `/feeds/${desk.feedId}/reports${query}`)).read(reportPage)
  const resolve = (postId: string, body: unknown) => admin('PUT', `/feeds/${desk.feedId}/reports/${postId}`, body)
  return { ...desk, list, resolve }
}

test('a post is reported once per viewer; moderators see post, author, reporters and reasons', async () => {
  const desk = await openDesk()
  const { id } = await desk.post('Something rude')
  for (const bearer of ['viewer:eve', 'viewer:eve', 'viewer:bob']) expect((await report(id, bearer)).status).toBe(204)
  const { items } = await desk.list()
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({
    post: { id, text: 'Something rude', author: { id: 'ada' } },
    status: 'open',
    reportCount: 2,
    resolution: null,
  })
  expect(items[0]?.reports.map(({ reporter, reason, note }) => [reporter.id, reason, note]).sort()).toEqual([
    ['bob', 'abuse', 'rude'],
    ['eve', 'abuse', 'rude'],
  ])
  const feeds = (await admin('GET', `/feeds?venueId=${stage.venue.venueId}&limit=100`)).read(adminFeedPage)
  expect(feeds.items.find(feed => feed.id === desk.feedId)?.openReports).toBe(1)
})

test('a kept post stays, its case is closed with an actor, and another report opens it again', async () => {
  const desk = await openDesk()
  const { id } = await desk.post('Harmless')
  await report(id, 'viewer:eve')
  const kept = (await desk.resolve(id, { decision: 'keep', actor: 'Mo', note: 'fine' })).read(reportResponse)
  expect(kept.report).toMatchObject({
    status: 'resolved',
    deletedAt: null,
    resolution: { decision: 'keep', actor: 'Mo', note: 'fine' },
  })
  expect((await desk.list()).items).toEqual([])
  expect((await desk.list('?status=resolved')).items).toHaveLength(1)
  await report(id, 'viewer:eve')
  expect((await desk.list()).items).toEqual([])
  await report(id, 'viewer:bob')
  expect((await desk.list()).items[0]).toMatchObject({ status: 'open', reportCount: 2, resolution: null })
  expect((await desk.list('?status=resolved')).items).toEqual([])
})

test('a removed post is gone from the feed, with who removed it on record, and cannot be kept any more', async () => {
  const desk = await openDesk()
  const { id } = await desk.post('Spam')
  await report(id, 'viewer:eve', { reason: 'spam' })
  const answers = [
    await desk.resolve(id, { decision: 'remove', actor: 'Mo' }),
    await desk.resolve(id, { decision: 'remove', actor: 'Jo' }),
  ]
  for (const answer of answers) {
    expect(answer.read(reportResponse).report).toMatchObject({
      deletedBy: 'Mo',
      deletedAt: expect.any(String),
      resolution: { decision: 'remove', actor: 'Mo' },
    })
  }
  const page = (await stage.call('GET', `/v1/feeds/${desk.feedId}/posts`)).read(postPage)
  expect(page.items).toEqual([])
  expect((await desk.resolve(id, { decision: 'keep', actor: 'Mo' })).problem().code).toBe('conflict')
})

test('deleting a reported post in the feed decides its reports', async () => {
  const desk = await openDesk()
  const { id } = await desk.post('Soon gone')
  await report(id, 'viewer:eve')
  await stage.call('DELETE', `/v1/posts/${id}`, { bearer: 'moderator:mod' })
  expect((await desk.list()).items).toEqual([])
  expect((await desk.list('?status=resolved')).items[0]).toMatchObject({
    deletedBy: 'mod',
    resolution: { decision: 'remove', actor: 'mod' },
  })
})

test('cases come page by page, the latest first; cursors of one list are refused by the other', async () => {
  const desk = await openDesk()
  const ids: string[] = []
  for (const text of ['one', 'two', 'three']) {
    const { id } = await desk.post(text)
    await report(id, 'viewer:eve')
    ids.unshift(id)
  }
  const first = await desk.list('?limit=2')
  const second = await desk.list(`?limit=2&cursor=${first.nextCursor}`)
  expect([...first.items, ...second.items].map(item => item.post.id)).toEqual(ids)
  expect(second.nextCursor).toBeNull()
  const path = `/feeds/${desk.feedId}/reports?status=resolved&cursor=${first.nextCursor}`
  expect((await admin('GET', path)).problem().code).toBe('invalid_request')
})

test('what nobody reported cannot be decided, and nothing without an actor', async () => {
  const desk = await openDesk()
  const { id } = await desk.post('Unreported')
  expect((await desk.resolve(id, { decision: 'keep', actor: 'Mo' })).problem().code).toBe('not_found')
  expect((await desk.resolve(id, { decision: 'keep', actor: '' })).problem()).toMatchObject({
    code: 'invalid_request',
    fields: { actor: expect.any(String) },
  })
  expect((await admin('GET', `/feeds/${crypto.randomUUID()}/reports`)).problem().code).toBe('not_found')
})
