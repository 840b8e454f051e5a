import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openFeed, turn } from '../../test/feedPage.ts'
import { ScriptedFeed } from '../../test/ScriptedFeed.ts'

let server: ScriptedFeed
let page: ReturnType<typeof openFeed>

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  server = new ScriptedFeed(3)
  page = openFeed(server, {}, 'by reader')
  await page.loaded()
})

afterEach(() => {
  page.close()
  vi.useRealTimers()
})

const removeLater = (at = 1) => {
  const row = page.rows()[at]
  if (!row) throw new Error('no such row')
  return page.venuekit.operations.deletePostLater(row, 5_000)
}

const wind = async (ms: number) => {
  await vi.advanceTimersByTimeAsync(ms)
  await turn()
}

test('the row goes at once, and the request when the time is over', async () => {
  const { done } = removeLater()
  expect(page.texts()).toEqual(['post 3', 'post 1'])
  await wind(4_999)
  expect(server.held.size).toBe(0)
  await wind(1)
  await page.deliver('delete')
  expect(await done).toBe(true)
  expect(server.posts.map(post => post.text)).toEqual(['post 3', 'post 1'])
})

test('undone, every row is the same object again, and nothing was sent', async () => {
  const before = page.rows()
  const delayed = removeLater()
  expect(delayed.undo()).toBe(true)
  expect(page.rows().every((row, at) => row === before[at])).toBe(true)
  expect(await delayed.done).toBe(false)
  await wind(10_000)
  expect(server.seen).toEqual(['GET'])
  delayed.flush()
  expect(delayed.undo()).toBe(false)
})

test('flushed, it is sent now, in a request that outlives the page, and once', async () => {
  const delayed = removeLater()
  page.venuekit.session.close()
  await turn()
  expect(server.first('delete').request.keepalive).toBe(true)
  delayed.flush()
  expect(delayed.undo()).toBe(false)
  await page.deliver('delete')
  expect(await delayed.done).toBe(true)
  expect(server.seen).toEqual(['GET', 'DELETE'])
})

test('a post on its way is deleted after its answer; undone meanwhile, it stays', async () => {
  await page.post('mine')
  const first = removeLater(0)
  await page.deliver('create')
  expect(page.texts()).toEqual(['post 3', 'post 2', 'post 1'])
  first.undo()
  expect(page.texts()[0]).toBe('mine')
  const second = removeLater(0)
  await wind(5_000)
  await page.deliver('delete')
  expect(await second.done).toBe(true)
})

test('a post that was never sent by then is never sent', async () => {
  await page.post('one')
  const two = await page.post('two')
  const delayed = removeLater(0)
  await wind(5_000)
  expect(await delayed.done).toBe(true)
  expect(await two.posted).toMatchObject({ code: 'aborted' })
  await page.deliver('create')
  expect(page.texts()).toEqual(['one', 'post 3', 'post 2', 'post 1'])
  expect(server.seen).toEqual(['GET', 'POST'])
})

test('a refusal brings the row back and rejects', async () => {
  const { done } = removeLater()
  const failed = done.catch((error: unknown) => error)
  await wind(5_000)
  server.first('delete').fail('forbidden', 403)
  await turn()
  expect(await failed).toMatchObject({ code: 'forbidden' })
  expect(page.texts()).toEqual(['post 3', 'post 2', 'post 1'])
})

test('another viewer deletes nothing of what the old one had in mind', async () => {
  const { done } = removeLater()
  page.venuekit.setViewer({ id: 'bob', name: 'Bob' })
  await wind(10_000)
  expect(await done).toBe(false)
  expect(server.seen).not.toContain('DELETE')
})
