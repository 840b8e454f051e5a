import { type Page, type Post, postPage } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FeedDesk, openFeedDesk } from '../testing/feedDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { type TestClock, testClock } from '../testing/testClock.ts'
import { toPageCursor } from './pageCursor.ts'

let stage: TestKit
let desk: FeedDesk
let clock: TestClock
let posts: Post[]
beforeAll(async () => {
  stage = await startTestKit()
  clock = await testClock(stage.database)
  desk = await openFeedDesk(stage, stage.call)
  posts = []
  for (let number = 0; number < 8; number++) posts.unshift(await desk.post(`Post ${number}`))
}, 60_000)
afterAll(() => stage.close())

const get = (query: string) => stage.call('GET', `/v1/feeds/${desk.feedId}/posts${query}`)
const pin = (post: Post | undefined, pinned: boolean) =>
  stage.call('PUT', `/v1/posts/${post?.id}/pin`, { body: { pinned }, bearer: 'moderator:mod' })

/** Reads all pages of two; `between` happens after the first. */
const readAll = async (between: () => Promise<unknown>): Promise<string[]> => {
  const seen: string[] = []
  let cursor: string | null = null
  let number = 0
  do {
    const page: Page<Post> = (await get(`?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`)).read(postPage)
    seen.push(...page.items.map(post => post.id))
    cursor = page.nextCursor
    if (number++ === 0) await between()
  } while (cursor !== null)
  return seen
}
const all = () => posts.map(post => post.id).sort()
const once = (seen: string[]) => [...new Set(seen)].sort()

test('a post pinned while somebody reads comes in its place, and once', async () => {
  const seen = await readAll(() => pin(posts[5], true))
  expect(seen).toEqual(posts.map(post => post.id))
  await pin(posts[5], false)
})

test('a post let go while somebody reads comes again in its place, and none is missing', async () => {
  await pin(posts[6], true)
  const seen = await readAll(() => pin(posts[6], false))
  expect(seen.filter(id => id === posts[6]?.id)).toHaveLength(2)
  expect(once(seen)).toEqual(all())
})

test('whatever is pinned and let go within the pinned posts hides none', async () => {
  for (const post of posts.slice(2, 6)) await pin(post, true)
  const seen = await readAll(async () => {
    await pin(posts[4], false)
    await pin(posts[0], true)
    await pin(posts[7], true)
    await pin(posts[5], false)
    await pin(posts[5], true)
  })
  expect(once(seen)).toEqual(all())
  for (const post of posts) await pin(post, false)
})

test('new and deleted posts move no page', async () => {
  const seen = await readAll(async () => {
    const { id } = await desk.post('New on top')
    await stage.call('DELETE', `/v1/posts/${id}`, { bearer: 'viewer:ada' })
    await desk.post('Newer')
  })
  expect(seen).toEqual(posts.map(post => post.id))
})

test('a cursor of a week ago has expired, and says so', async () => {
  const { nextCursor } = (await get('?limit=2')).read(postPage)
  await clock.advance(8 * 86_400_000)
  expect((await get(`?cursor=${nextCursor}`)).problem()).toMatchObject({ status: 410, code: 'cursor_expired' })
  await clock.reset()
})

test.each(['x.1', 'o.', "o.'; drop table feed.posts; --", 'o.00000000000000-a.1', 'p.9', `o.${'f'.repeat(51)}.1`])(
  'a cursor made of %o is refused',
  async position => {
    const cursor = toPageCursor(`posts:${desk.feedId}`, position)
    expect((await get(`?cursor=${cursor}`)).problem()).toMatchObject({
      status: 400,
      code: 'invalid_request',
      fields: { cursor: expect.any(String) },
    })
  },
)

test('a cursor from the future is refused', async () => {
  await clock.advance(60_000)
  const { nextCursor } = (await get('?limit=2')).read(postPage)
  await clock.reset()
  expect((await get(`?cursor=${nextCursor}`)).problem().code).toBe('invalid_request')
})

test('ten thousand characters are refused, and nothing is stored', async () => {
  const answer = await stage.call('POST', `/v1/feeds/${desk.feedId}/posts`, {
    body: { clientId: crypto.randomUUID(), text: 'x'.repeat(10_000) },
    bearer: 'viewer:ada',
  })
  expect(answer.problem()).toMatchObject({ code: 'invalid_request', fields: { text: expect.any(String) } })
  expect((await get('?limit=100')).read(postPage).items.some(post => post.text.startsWith('xx'))).toBe(false)
})

test('markup and script come back as the text they are', async () => {
  const text = '<script>alert(1)</script> & "quotes"'
  expect((await desk.post(text)).text).toBe(text)
})
