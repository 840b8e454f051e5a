import { postPage, postResponse } from '@venuekit/core/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createVenue, startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
const feedId = crypto.randomUUID()
beforeAll(async () => {
  stage = await startTestKit()
  const { venueId } = stage.venue
  await stage.database.call('feed.create_feed', { feed_id: feedId, venue_id: venueId, name: 'News' })
}, 60_000)
afterAll(() => stage.close())

const path = `/v1/feeds/${feedId}/posts`
const post = (text: string, bearer?: string, clientId: string = crypto.randomUUID()) =>
  stage.call('POST', path, { body: { clientId, text }, bearer })
const list = async (bearer?: string, query = '') =>
  (await stage.call('GET', `${path}${query}`, { bearer })).read(postPage)

test('a viewer posts, everybody reads it, and each reads what he may do', async () => {
  const clientId = crypto.randomUUID()
  const { post: mine } = (await post('Doors at eight', 'viewer:ada', clientId)).read(postResponse)
  expect(mine).toMatchObject({ clientId, text: 'Doors at eight', author: { id: 'ada' }, canDelete: true })
  expect((await list()).items[0]).toMatchObject({ id: mine.id, canDelete: false })
  expect((await list('viewer:ada')).items[0]).toMatchObject({ id: mine.id, canDelete: true })
})

test('what one viewer sees is kept by no shared cache', async () => {
  const [all, own] = [await stage.call('GET', path), await stage.call('GET', path, { bearer: 'viewer:ada' })]
  expect(all.headers.get('cache-control')).toContain('public')
  expect(own.headers.get('cache-control')).toBe('private, no-cache')
})

test('the same post again is the first one, another text under its id a conflict', async () => {
  const clientId = crypto.randomUUID()
  const first = (await post('Once', 'viewer:ada', clientId)).read(postResponse)
  const again = (await post('Once', 'viewer:ada', clientId)).read(postResponse)
  expect(again.post.id).toBe(first.post.id)
  expect((await post('Twice', 'viewer:ada', clientId)).problem()).toMatchObject({ code: 'idempotency_conflict' })
})

test('nobody posts without signing in', async () => {
  for (const bearer of [undefined, 'nobody']) {
    expect((await post('Hello', bearer)).problem()).toMatchObject({ status: 401, code: 'unauthorized' })
  }
})

test.each([
  ['', 'text'],
  ['   ', 'text'],
  ['x'.repeat(2001), 'text'],
])('a post of %o is refused', async (text, field) => {
  expect((await post(text, 'viewer:ada')).problem()).toMatchObject({
    code: 'invalid_request',
    fields: { [field]: expect.any(String) },
  })
})

test('two thousand characters fit, emoji too', async () => {
  for (const character of ['x', '\u{1f3b7}'])
    expect((await post(character.repeat(2000), 'viewer:ada')).status).toBe(200)
  expect((await post('\u{1f3b7}'.repeat(2001), 'viewer:ada')).problem().code).toBe('invalid_request')
})

test('text that Postgres cannot hold is refused', async () => {
  for (const text of ['nul \0', 'half a pair \ud800']) {
    expect((await post(text, 'viewer:ada')).problem()).toMatchObject({ status: 400, code: 'invalid_request' })
  }
})

test('a post is deleted by its author or a moderator, any number of times, and by nobody else', async () => {
  const remove = async (bearer: string, key = stage.venue) => {
    const { post: made } = (await post('Gone soon', 'viewer:ada')).read(postResponse)
    const call = () => stage.call('DELETE', `/v1/posts/${made.id}`, { bearer, key: key.key, origin: key.origin })
    return [await call(), await call()]
  }
  for (const bearer of ['viewer:ada', 'moderator:mod']) {
    for (const answer of await remove(bearer)) expect(answer.status).toBe(204)
  }
  for (const answer of await remove('viewer:eve')) expect(answer.problem().code).toBe('forbidden')
  const foreign = await createVenue(stage.database, 'https://other.example')
  for (const answer of await remove('moderator:mod', foreign)) expect(answer.problem().code).toBe('not_found')
})

test('pages follow one another without a gap', async () => {
  for (const text of ['one', 'two', 'three']) await post(text, 'viewer:ada')
  const all = await list(undefined, '?limit=100')
  const first = await list(undefined, '?limit=2')
  const second = await list(undefined, `?limit=2&cursor=${first.nextCursor}`)
  expect([...first.items, ...second.items]).toEqual(all.items.slice(0, 4))
})

test("another venue's feed is not found", async () => {
  const { key, origin } = await createVenue(stage.database, 'https://third.example')
  expect((await stage.call('GET', path, { key, origin })).problem().code).toBe('not_found')
})
