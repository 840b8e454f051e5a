import { afterEach, expect, test, vi } from 'vitest'
import { turn } from '../../test/feedPage.ts'
import { feedId, ScriptedFeed } from '../../test/ScriptedFeed.ts'
import { createSession } from '../createSession.ts'
import { createOperations } from './createOperations.ts'

const clock = { now: Date.UTC(2026, 10, 23) }
let server: ScriptedFeed
let session: ReturnType<typeof createSession>

const open = (posts = 4) => {
  server = new ScriptedFeed(posts)
  session = createSession({
    apiUrl: 'https://api.example',
    publishableKey: 'vk_pub_demo',
    viewer: { id: 'ada', name: 'Ada' },
    getToken: () => 'token',
    fetch: server.fetch,
    createOperations,
    now: () => clock.now,
  })
  return session.feed(feedId)
}

const opened = async (posts?: number) => {
  const reader = open(posts)
  const listener = vi.fn()
  const stop = reader.subscribe(listener)
  await turn()
  server.first('list').deliver()
  await turn()
  listener.mockClear()
  return { reader, listener, stop }
}

const texts = (reader: ReturnType<typeof open>) =>
  reader.snapshot.data?.pages.flatMap(page => page.items.map(post => post.text))

afterEach(() => {
  session.close()
  vi.useRealTimers()
})

test('it asks for nothing until somebody subscribes, and once however many do', async () => {
  const reader = open()
  expect(reader.snapshot).toEqual({
    data: null,
    heldCount: 0,
    isRefreshing: false,
    more: 'none',
    error: null,
    isOffline: false,
  })
  await turn()
  expect(server.seen).toEqual([])
  reader.subscribe(() => {})
  session.feed(feedId).subscribe(() => {})
  await turn()
  expect(server.seen).toEqual(['GET'])
  expect(reader.snapshot.isRefreshing).toBe(true)
})

test('the snapshot is the same object until something changes, and each change is told once', async () => {
  const { reader, listener } = await opened()
  const { snapshot } = reader
  expect(reader.snapshot).toBe(snapshot)
  session.operations.createPost(feedId, { text: 'mine' }).catch(() => null)
  expect(listener).toHaveBeenCalledTimes(1)
  expect(reader.snapshot).not.toBe(snapshot)
  expect(reader.snapshot).toBe(reader.snapshot)
})

test('a refresh that brings nothing new is told twice: that it began, and that it ended', async () => {
  const { reader, listener } = await opened()
  const { data } = reader.snapshot
  void reader.refresh()
  await turn()
  server.first('list').deliver()
  await turn()
  expect(listener).toHaveBeenCalledTimes(2)
  expect(reader.snapshot.data).toBe(data)
})

test('who reads the snapshot in between does not take the news from the listeners', async () => {
  const { reader, listener } = await opened()
  session.feeds.lists.subscribe(() => void reader.snapshot)
  session.operations.createPost(feedId, { text: 'mine' }).catch(() => null)
  expect(listener).toHaveBeenCalledTimes(1)
})

test('the next page is asked for once while it is on its way', async () => {
  const { reader } = await opened()
  expect(reader.snapshot.more).toBe('idle')
  void reader.loadMore()
  void reader.loadMore()
  await turn()
  expect(reader.snapshot.more).toBe('loading')
  expect(server.held.size).toBe(1)
  server.first('list').deliver()
  await turn()
  expect(reader.snapshot.more).toBe('none')
  await reader.loadMore()
  expect(server.seen).toEqual(['GET', 'GET'])
})

test('a page that fails to come is told, keeps the rest, and comes when asked again', async () => {
  const { reader } = await opened()
  void reader.loadMore()
  await turn()
  server.first('list').fail('forbidden', 403)
  await turn()
  expect(reader.snapshot).toMatchObject({ more: 'failed', error: { code: 'forbidden' } })
  expect(texts(reader)).toEqual(['post 4', 'post 3', 'post 2'])
  void reader.loadMore()
  await turn()
  server.first('list').deliver()
  await turn()
  expect(reader.snapshot).toMatchObject({ more: 'none', error: null })
})

test('a head that fails to come is told, and comes with a refresh', async () => {
  const reader = open()
  reader.subscribe(() => {})
  await turn()
  server.first('list').fail('not_found', 404)
  await turn()
  expect(reader.snapshot).toMatchObject({ data: null, isRefreshing: false, error: { code: 'not_found' } })
  const refreshed = reader.refresh()
  await turn()
  server.first('list').deliver()
  await refreshed
  expect(reader.snapshot).toMatchObject({ isRefreshing: false, error: null })
})

test('a refresh takes the place of one that began earlier, and both callers wait for what it brings', async () => {
  const { reader } = await opened()
  const before = reader.refresh()
  await turn()
  const early = server.first('list').process()
  server.add('news')
  const after = reader.refresh()
  await turn()
  expect(early.request.signal.aborted).toBe(true)
  expect(server.held.size).toBe(1)
  server.first('list').deliver()
  await before
  expect(texts(reader)?.[0]).toBe('news')
  await after
  expect(reader.snapshot.isRefreshing).toBe(false)
})

test('before the first page, a refresh is the one under way', async () => {
  const reader = open()
  reader.subscribe(() => {})
  void reader.refresh()
  await turn()
  expect(server.seen).toEqual(['GET'])
})

test('the last one to leave ends the requests; who comes back soon finds the pages and asks for what is old', async () => {
  const { reader, stop } = await opened()
  void reader.refresh()
  await turn()
  const [request] = server.held
  stop()
  expect(request?.request.signal.aborted).toBe(true)
  expect(reader.snapshot.isRefreshing).toBe(false)
  const again = reader.subscribe(() => {})
  await turn()
  expect(server.held.size).toBe(0)
  expect(texts(reader)).toHaveLength(3)
  again()
  clock.now += 30_000
  reader.subscribe(() => {})
  await turn()
  expect(server.held.size).toBe(1)
  expect(texts(reader)).toHaveLength(3)
})

test('leaving and coming back within one turn asks again for what was ended', async () => {
  const reader = open()
  reader.subscribe(() => {})()
  reader.subscribe(() => {})
  await turn()
  expect(server.held.size).toBe(1)
  server.first('list').deliver()
  await turn()
  expect(texts(reader)).toHaveLength(3)
})

test("while it holds, others' new posts are counted and nothing moves; the viewer's own show", async () => {
  const { reader, listener } = await opened()
  const rows = reader.snapshot.data?.pages[0]?.items
  reader.hold(true)
  expect(listener).not.toHaveBeenCalled()
  server.add('news')
  void reader.refresh()
  await turn()
  server.first('list').deliver()
  await turn()
  expect(reader.snapshot.heldCount).toBe(1)
  expect(texts(reader)).toEqual(['post 4', 'post 3', 'post 2'])
  session.operations.createPost(feedId, { text: 'mine' }).catch(() => null)
  expect(texts(reader)).toEqual(['mine', 'post 4', 'post 3', 'post 2'])
  expect(reader.snapshot.data).toBe(reader.snapshot.data)
  expect(reader.snapshot.data?.pages[0]?.items.slice(1).every((row, at) => row === rows?.[at])).toBe(true)
  reader.showHeld()
  expect(reader.snapshot.heldCount).toBe(0)
  expect(texts(reader)).toEqual(['mine', 'news', 'post 4', 'post 3', 'post 2'])
  server.add('more news')
  void reader.refresh()
  await turn()
  server.first('list').deliver()
  await turn()
  expect(reader.snapshot.heldCount).toBe(1)
  reader.hold(false)
  expect(texts(reader)?.slice(0, 3)).toEqual(['mine', 'more news', 'news'])
})

test('a gap among the posts held back is held with them, and an empty feed holds nothing', async () => {
  const { reader } = await opened(0)
  reader.hold(true)
  server.add('first')
  void reader.refresh()
  await turn()
  server.first('list').deliver()
  await turn()
  expect(texts(reader)).toEqual(['first'])
  for (const text of ['a', 'b', 'c', 'd']) server.add(text)
  void reader.refresh()
  await turn()
  server.first('list').deliver()
  await turn()
  expect(reader.snapshot).toMatchObject({ heldCount: 3 })
  expect(reader.snapshot.data?.pages[0]?.gaps).toBeUndefined()
  reader.showHeld()
  expect(reader.snapshot.data?.pages[0]?.gaps).toHaveLength(1)
})

test('pages that nobody reads go after five minutes', async () => {
  const { reader, stop } = await opened()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  stop()
  vi.advanceTimersByTime(299_999)
  expect(reader.snapshot.data).not.toBeNull()
  vi.advanceTimersByTime(1)
  expect(reader.snapshot.data).toBeNull()
})

test('a reader whose viewer has gone asks for nothing any more', async () => {
  const { reader } = await opened()
  const heard = vi.fn()
  session.subscribe(heard)
  session.setViewer({ id: 'ada', name: 'Ada' })
  expect(heard).not.toHaveBeenCalled()
  session.setViewer(null)
  expect(heard).toHaveBeenCalledTimes(1)
  await Promise.all([reader.refresh(), reader.loadMore()])
  expect(server.seen).toEqual(['GET'])
  expect(session.feed(feedId)).not.toBe(reader)
})

test('a listener that subscribes anew when it hears of another viewer is called once', async () => {
  await opened()
  let calls = 0
  const follow = () => {
    const stop = session.subscribe(() => {
      if (++calls > 5) return
      stop()
      follow()
    })
  }
  follow()
  session.setViewer(null)
  expect(calls).toBe(1)
})
