import { feedResponse, postPage, postResponse } from '@venuekit/core/contracts'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FeedDesk, openFeedDesk } from '../testing/feedDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { jwtAuth } from './jwtAuth.ts'

const secret = 'a shared secret of the host, long enough'
const sign = (claims: Record<string, unknown>, lifetime = '5m') =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(lifetime)
    .sign(new TextEncoder().encode(secret))

let stage: TestKit
let desk: FeedDesk
let postId: string
beforeAll(async () => {
  stage = await startTestKit({ auth: jwtAuth({ secret }) })
  desk = await openFeedDesk(stage, stage.call)
  postId = (await desk.post('Of the host’s users', await sign({ sub: 'ada', name: 'Ada' }))).id
}, 60_000)
afterAll(() => stage.close())

const pin = async (claims: Record<string, unknown>, lifetime?: string) =>
  stage.call('PUT', `/v1/posts/${postId}/pin`, { body: { pinned: true }, bearer: await sign(claims, lifetime) })
const permissions = async (claims: Record<string, unknown>) => {
  const answer = await stage.call('GET', `/v1/feeds/${desk.feedId}`, { bearer: await sign(claims) })
  return answer.read(feedResponse).feed.permissions
}

test.each([{ roles: ['moderator'] }, { roles: 'host' }, { app_metadata: { roles: ['host'] } }])(
  'the host’s token makes a moderator: %o',
  async claims => {
    const token = { sub: 'mo', ...claims }
    expect((await pin(token)).read(postResponse).post).toMatchObject({ canDelete: true, pinnedAt: expect.any(String) })
    expect(await permissions(token)).toEqual({ post: true, moderate: true })
    const list = await stage.call('GET', `/v1/feeds/${desk.feedId}/posts`, { bearer: await sign(token) })
    expect(list.read(postPage).items[0]?.canDelete).toBe(true)
  },
)

test.each([{}, { roles: ['admin'] }, { user_metadata: { roles: ['moderator'] } }])(
  'and nothing that its users write themselves: %o',
  async claims => {
    expect((await pin({ sub: 'eve', ...claims })).problem().code).toBe('forbidden')
    expect(await permissions({ sub: 'eve', ...claims })).toEqual({ post: true, moderate: false })
  },
)

test('a token that ended moderates nothing', async () => {
  expect((await pin({ sub: 'mo', roles: ['moderator'] }, '-5m')).problem().code).toBe('unauthorized')
})
