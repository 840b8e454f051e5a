import { postPage, postResponse } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { staticFlags } from '../adapters/staticFlags.ts'
import { type FeedDesk, openFeedDesk } from '../testing/feedDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: FeedDesk
const off: { feeds: Record<string, { reactions: boolean }> } = { feeds: {} }
beforeAll(async () => {
  stage = await startTestKit({ flags: staticFlags(off) })
  desk = await openFeedDesk(stage, stage.call)
}, 60_000)
afterAll(() => stage.close())

const put = (postId: string, bearer: string | undefined, body: unknown, what = 'reaction') =>
  stage.call('PUT', `/v1/posts/${postId}/${what}`, { body, bearer })
const react = async (postId: string, bearer: string, reacted: boolean) =>
  (await put(postId, bearer, { reacted })).read(postResponse).post
const list = async (bearer?: string, query = '') =>
  (await stage.call('GET', `/v1/feeds/${desk.feedId}/posts${query}`, { bearer })).read(postPage)

test('a reaction is counted once per viewer, however often it is said', async () => {
  const { id, version } = await desk.post('Encore?')
  await react(id, 'viewer:eve', true)
  const twice = await react(id, 'viewer:eve', true)
  expect(twice).toMatchObject({ reactions: { count: 1, mine: true }, version: version + 1 })
  expect(await react(id, 'viewer:bob', true)).toMatchObject({ reactions: { count: 2, mine: true } })
  expect((await list()).items.find(post => post.id === id)).toMatchObject({ reactions: { count: 2, mine: false } })
  expect(await react(id, 'viewer:eve', false)).toMatchObject({ reactions: { count: 1, mine: false } })
  expect(await react(id, 'viewer:eve', false)).toMatchObject({ reactions: { count: 1, mine: false } })
  expect((await list('viewer:bob')).items.find(post => post.id === id)?.reactions).toEqual({ count: 1, mine: true })
})

test('a post that was deleted, or never was, takes neither reaction nor pin nor report', async () => {
  const { id } = await desk.post('Gone')
  await stage.call('DELETE', `/v1/posts/${id}`, { bearer: 'viewer:ada' })
  for (const postId of [id, crypto.randomUUID()]) {
    expect((await put(postId, 'viewer:eve', { reacted: true })).problem().code).toBe('not_found')
    expect((await put(postId, 'moderator:mod', { pinned: true }, 'pin')).problem().code).toBe('not_found')
    const report = await stage.call('POST', `/v1/posts/${postId}/report`, {
      body: { reason: 'spam' },
      bearer: 'viewer:eve',
    })
    expect(report.problem().code).toBe('not_found')
  }
})

test('nobody reacts without signing in', async () => {
  const { id } = await desk.post('Sign in')
  expect((await put(id, undefined, { reacted: true })).problem().code).toBe('unauthorized')
})

test('where reactions are switched off the server refuses them', async () => {
  const other = await openFeedDesk(stage, stage.call)
  off.feeds[other.feedId] = { reactions: false }
  const { id } = await other.post('No hearts here')
  expect((await put(id, 'viewer:eve', { reacted: true })).problem()).toMatchObject({
    status: 403,
    code: 'forbidden',
    detail: expect.stringContaining('switched off'),
  })
})

test('moderators and hosts pin, viewers do not; the pinned post stands above all until it is let go', async () => {
  const { id } = await desk.post('Doors moved to nine')
  await desk.post('Something newer')
  expect((await put(id, 'viewer:ada', { pinned: true }, 'pin')).problem().code).toBe('forbidden')
  const pinned = (await put(id, 'moderator:mod', { pinned: true }, 'pin')).read(postResponse).post
  expect(pinned).toMatchObject({ pinnedAt: expect.any(String), canDelete: true })
  const again = (await put(id, 'host:boss', { pinned: true }, 'pin')).read(postResponse).post
  expect([again.pinnedAt, again.version]).toEqual([pinned.pinnedAt, pinned.version])
  expect((await list()).items[0]?.id).toBe(id)
  expect((await put(id, 'host:boss', { pinned: false }, 'pin')).read(postResponse).post.pinnedAt).toBeNull()
  expect((await list()).items[0]?.id).not.toBe(id)
})

test('a moderator may delete each post of a page', async () => {
  expect((await list('moderator:mod')).items.every(post => post.canDelete)).toBe(true)
})
