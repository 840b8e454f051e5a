import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseImage } from '../testing/databaseImage.ts'
import { type FeedDesk, openFeedDesk } from '../testing/feedDesk.ts'
import { createVenue, startTestKit, type TestKit, type TestVenue } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: FeedDesk
let foreign: TestVenue
let postId: string
beforeAll(async () => {
  stage = await startTestKit()
  desk = await openFeedDesk(stage, stage.call)
  foreign = await createVenue(stage.database, 'https://other.example')
  postId = (await desk.post('Here to stay', 'viewer:bob')).id
}, 60_000)
afterAll(() => stage.close())

interface Case {
  what: string
  method: 'POST' | 'PUT' | 'DELETE'
  path: () => string
  body?: unknown
  bearer?: string
  venue?: () => TestVenue
  code: string
}

const posts = () => `/v1/feeds/${desk.feedId}/posts`
const reaction = () => `/v1/posts/${postId}/reaction`
const clientId = '0b8f3f5e-6f0e-4c55-9a51-3f6f3f1f5a01'
const post = (what: string, body: object, code = 'invalid_request'): Case => ({
  what,
  method: 'POST',
  path: posts,
  body: { clientId, ...body },
  code,
})

const cases: Case[] = [
  post('ten thousand characters', { text: 'x'.repeat(10_000) }),
  post('a hundred thousand characters', { text: 'x'.repeat(100_000) }, 'payload_too_large'),
  post('a NUL', { text: 'a\0b' }),
  post('half an emoji', { text: 'a\ud83c' }),
  post('nothing but spaces', { text: ' \n\t ' }),
  post('no text at all', {}),
  post('text that is a number', { text: 7 }),
  post('a field of one’s own', { text: 'a', pinned: true }),
  post('a clientId that is none', { text: 'a', clientId: 'mine' }),
  post('five images', { text: 'a', media: Array(5).fill({ uploadId: clientId }) }),
  post('an upload that never was', { text: 'a', media: [{ uploadId: clientId }] }),
  { ...post('a feed that never was', { text: 'a' }, 'not_found'), path: () => `/v1/feeds/${clientId}/posts` },
  { ...post('another venue’s feed', { text: 'a' }, 'not_found'), venue: () => foreign },
  { what: 'a reaction of maybe', method: 'PUT', path: reaction, body: { reacted: 'maybe' }, code: 'invalid_request' },
  {
    what: 'a reaction at another venue',
    method: 'PUT',
    path: reaction,
    body: { reacted: true },
    venue: () => foreign,
    code: 'not_found',
  },
  {
    what: 'a reaction to a post that is no id',
    method: 'PUT',
    path: () => '/v1/posts/1/reaction',
    body: { reacted: true },
    code: 'invalid_request',
  },
  {
    what: 'a pin at another venue',
    method: 'PUT',
    path: () => `/v1/posts/${postId}/pin`,
    body: { pinned: true },
    bearer: 'moderator:mod',
    venue: () => foreign,
    code: 'not_found',
  },
  {
    what: 'a report for a reason of one’s own',
    method: 'POST',
    path: () => `/v1/posts/${postId}/report`,
    body: { reason: 'taste' },
    code: 'invalid_request',
  },
  {
    what: 'a report at another venue',
    method: 'POST',
    path: () => `/v1/posts/${postId}/report`,
    body: { reason: 'spam' },
    venue: () => foreign,
    code: 'not_found',
  },
  { what: 'deleting another’s post', method: 'DELETE', path: () => `/v1/posts/${postId}`, code: 'forbidden' },
]

test.each(cases)(
  '$what: a clear refusal, and nothing is stored',
  async ({ method, path, body, bearer, venue, code }) => {
    const before = await databaseImage(stage.database)
    const page = venue?.() ?? stage.venue
    const answer = await stage.call(method, path(), {
      body,
      bearer: bearer ?? 'viewer:ada',
      key: page.key,
      origin: page.origin,
    })
    expect(answer.problem().code).toBe(code)
    expect(await databaseImage(stage.database)).toEqual(before)
  },
)
