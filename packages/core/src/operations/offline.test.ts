import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openFeed, turn } from '../../test/feedPage.ts'
import { feedId, type HeldRequest, ScriptedFeed } from '../../test/ScriptedFeed.ts'

let server: ScriptedFeed
let page: ReturnType<typeof openFeed>

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  server = new ScriptedFeed(1)
  page = openFeed(server, {}, 'by reader')
  await page.loaded()
})

afterEach(() => {
  page.close()
  vi.useRealTimers()
})

const wind = async (ms: number) => {
  await vi.advanceTimersByTimeAsync(ms)
  await turn()
}

/** The client tries three times before it says that the network is gone. */
const loseAll = async (kind: HeldRequest['kind']) => {
  for (let attempt = 0; attempt < 3; attempt++) {
    server.first(kind).lose()
    await turn()
    await wind(attempt < 2 ? 700 : 0)
  }
}

const isOffline = () => page.venuekit.session.feed(feedId).snapshot.isOffline

test('posts written without a network wait, tell so, and go in order under their own ids when it is back', async () => {
  const one = await page.post('one')
  await page.post('two')
  await loseAll('create')
  expect(isOffline()).toBe(true)
  expect(page.texts()).toEqual(['(two)', '(one)', 'post 1'])
  expect(server.held.size).toBe(0)
  await wind(2_000)
  await page.deliver('create')
  expect(isOffline()).toBe(false)
  await page.deliver('create')
  expect(page.texts()).toEqual(['two', 'one', 'post 1'])
  expect(await one.posted).toMatchObject({ text: 'one' })
})

test('a post whose answer was lost is sent again and comes once', async () => {
  await page.post('mine')
  server.first('create').process()
  await loseAll('create')
  await wind(2_000)
  await page.deliver('create')
  expect(server.posts.map(post => post.text)).toEqual(['mine', 'post 1'])
  expect(page.texts()).toEqual(['mine', 'post 1'])
})

test('it waits longer each time, a minute at most', async () => {
  await page.post('mine')
  const waits: number[] = []
  for (let round = 0; round < 8; round++) {
    await loseAll('create')
    let seconds = 0
    for (; !server.waits('create'); seconds++) await wind(1_000)
    waits.push(seconds)
  }
  expect(waits[0]).toBeLessThanOrEqual(2)
  expect(Math.min(...waits.slice(5))).toBeGreaterThanOrEqual(30)
  expect(Math.max(...waits)).toBeLessThanOrEqual(60)
})

test('a refusal after the wait takes the row away and says why', async () => {
  const { posted } = await page.post('mine')
  await loseAll('create')
  await wind(2_000)
  server.first('create').fail('forbidden', 403)
  await turn()
  expect(await posted).toMatchObject({ code: 'forbidden' })
  expect(page.texts()).toEqual(['post 1'])
  expect(isOffline()).toBe(false)
})

test('of many changes of mind without a network the last is sent', async () => {
  const [row] = page.rows()
  if (!row) throw new Error('no row')
  const done = page.venuekit.operations.setReaction(row, true)
  await turn()
  await loseAll('react')
  void page.venuekit.operations.setReaction(row, false)
  void page.venuekit.operations.setReaction(row, true)
  void page.venuekit.operations.setReaction(row, false)
  await wind(2_000)
  await page.deliver('react')
  await done
  expect(server.seen.filter(method => method === 'PUT')).toHaveLength(4)
  expect(server.posts[0]?.reactions.count).toBe(0)
})

test('another viewer ends the wait, and nothing is sent any more', async () => {
  const { posted } = await page.post('mine')
  await loseAll('create')
  page.venuekit.setViewer({ id: 'bob', name: 'Bob' })
  await wind(120_000)
  expect(await posted).toMatchObject({ code: 'aborted' })
  expect(server.waits('create')).toBe(false)
})
