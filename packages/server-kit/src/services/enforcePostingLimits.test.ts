import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FeedDesk, openFeedDesk } from '../testing/feedDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: FeedDesk
let postId: string
beforeAll(async () => {
  stage = await startTestKit({
    limits: {
      createPost: { viewer: { maximum: 3, seconds: 60 }, address: { maximum: 5, seconds: 60 } },
      setReaction: { viewer: { maximum: 2, seconds: 30 } },
      reportPost: { viewer: { maximum: 2, seconds: 600 } },
    },
  })
  desk = await openFeedDesk(stage, stage.call)
  postId = (await desk.post('The first', 'viewer:zoe')).id
}, 60_000)
afterAll(() => stage.close())

const post = (bearer: string) =>
  stage.call('POST', `/v1/feeds/${desk.feedId}/posts`, {
    body: { clientId: crypto.randomUUID(), text: 'Again' },
    bearer,
  })

test('a viewer who posts too often waits as long as the answer says; then the address does', async () => {
  for (const _time of [1, 2, 3]) expect((await post('viewer:ada')).status).toBe(200)
  const refused = (await post('viewer:ada')).problem()
  expect(refused).toMatchObject({ status: 429, code: 'rate_limited', retryable: true })
  expect(refused.retryAfterMs).toBeGreaterThan(0)
  expect(refused.retryAfterMs).toBeLessThanOrEqual(60_000)
  // What was refused to one viewer fills nothing for the others of the address.
  expect((await post('viewer:eve')).status).toBe(200)
  expect((await post('viewer:bob')).problem().code).toBe('rate_limited')
})

test('reactions and reports have counts of their own', async () => {
  const react = () =>
    stage.call('PUT', `/v1/posts/${postId}/reaction`, { body: { reacted: true }, bearer: 'viewer:ada' })
  const report = () =>
    stage.call('POST', `/v1/posts/${postId}/report`, { body: { reason: 'spam' }, bearer: 'viewer:ada' })
  for (const call of [react, report]) {
    for (const _time of [1, 2]) expect((await call()).status).toBeLessThan(300)
    expect((await call()).problem().code).toBe('rate_limited')
  }
})
