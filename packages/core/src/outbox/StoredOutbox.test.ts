import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openFeed, turn } from '../../test/feedPage.ts'
import { createMemoryStore } from '../../test/memoryStore.ts'
import { ScriptedFeed } from '../../test/ScriptedFeed.ts'
import type { OpenOutbox } from '../operations/Outbox.ts'
import type { OutboxStore } from './OutboxStore.ts'
import { openStoredOutbox } from './openStoredOutbox.ts'

let server: ScriptedFeed
let store: OutboxStore
let number = 0
/** Tests share the process's locks and channels: each has a viewer of its own. */
let viewer: { id: string; name: string }
const opened: ReturnType<typeof openFeed>[] = []

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  server = new ScriptedFeed(1)
  store = createMemoryStore()
  viewer = { id: `ada ${++number}`, name: 'Ada' }
})

afterEach(() => {
  for (const tab of opened.splice(0)) tab.close()
  vi.useRealTimers()
})

/** What a channel brings comes by the machine's own events, not by a turn of ours. */
const until = (isSo: () => unknown) =>
  vi.waitFor(async () => {
    await turn()
    if (!isSo()) throw new Error('not yet')
  }, 20_000)

const openTab = async () => {
  const outbox: OpenOutbox = context => openStoredOutbox(context, async () => store)
  const tab = openFeed(server, { outbox, viewer }, 'by reader')
  opened.push(tab)
  await turn()
  server.first('list').deliver()
  await turn()
  return tab
}

const leave = (tab: ReturnType<typeof openFeed>) => {
  opened.splice(opened.indexOf(tab), 1)
  tab.close()
}

const wind = async (ms: number) => {
  await vi.advanceTimersByTimeAsync(ms)
  await turn()
}

/** The client tries three times before it says that the network is gone. */
const loseAll = async () => {
  for (let attempt = 0; attempt < 3; attempt++) {
    await until(() => server.waits('create'))
    server.first('create').lose()
    await turn()
    await wind(attempt < 2 ? 700 : 0)
  }
}

const scopeOf = () => `vk_pub_demo ${viewer.id}`
const kept = async () =>
  (await store.list(scopeOf())).map(({ op }) => (op.kind === 'create' ? op.request.text : op.kind))
const posts = () => server.seen.filter(method => method === 'POST').length

const deliver = async (kind: 'create' | 'react' | 'delete') => {
  await until(() => server.waits(kind))
  server.first(kind).deliver()
  await turn()
}

test('a post shows in the same turn, is sent once, and nothing stays behind', async () => {
  const tab = await openTab()
  const { posted } = await tab.post('mine')
  expect(tab.texts()).toEqual(['(mine)', 'post 1'])
  expect(await kept()).toEqual(['mine'])
  await deliver('create')
  expect(await posted).toMatchObject({ text: 'mine' })
  await until(() => tab.texts()[0] === 'mine')
  expect(await kept()).toEqual([])
  expect(posts()).toBe(1)
})

test('what was written without a network survives the page, shows on the next one, and goes in order', async () => {
  const first = await openTab()
  await first.post('one')
  await first.post('two')
  await loseAll()
  leave(first)
  const next = await openTab()
  await until(() => next.texts().length === 3)
  expect(next.texts()).toEqual(['(two)', '(one)', 'post 1'])
  await deliver('create')
  await deliver('create')
  await until(() => next.texts().join() === 'two,one,post 1')
  expect(server.posts.map(post => post.text)).toEqual(['two', 'one', 'post 1'])
  expect(await kept()).toEqual([])
})

test('who asks for a restored post again gets its answer, refusals too', async () => {
  const first = await openTab()
  await first.post('mine')
  await loseAll()
  leave(first)
  const next = await openTab()
  await until(() => next.texts().length === 2)
  const clientId = next.rows()[0]?.clientId ?? ''
  const { posted } = await next.post('mine', clientId)
  await until(() => server.waits('create'))
  server.first('create').fail('forbidden', 403)
  expect(await posted).toMatchObject({ code: 'forbidden', status: 403 })
  expect(next.texts()).toEqual(['post 1'])
  expect(await kept()).toEqual([])
})

test('two tabs show each other’s posts, one of them sends, in the order of both', async () => {
  const one = await openTab()
  const other = await openTab()
  await one.post('a')
  await until(() => other.texts().length === 2)
  await other.post('b')
  await until(() => one.texts().length === 3)
  await one.post('c')
  await until(() => other.texts().length === 4)
  await until(() => server.held.size > 0)
  expect(server.held.size).toBe(1)
  for (let count = 0; count < 3; count++) await deliver('create')
  await until(() => [one, other].every(tab => tab.texts().join() === 'c,b,a,post 1'))
  expect(posts()).toBe(3)
  expect(server.posts.map(post => post.text)).toEqual(['c', 'b', 'a', 'post 1'])
})

test('the other tab goes on when the one that sends dies, under the same id', async () => {
  const one = await openTab()
  const other = await openTab()
  await one.post('mine')
  await until(() => other.texts().length === 2)
  await until(() => server.waits('create'))
  server.first('create').process()
  leave(one)
  await deliver('create')
  await until(() => other.texts()[0] === 'mine')
  expect(server.posts.map(post => post.text)).toEqual(['mine', 'post 1'])
  expect(await kept()).toEqual([])
})

test('a post that was never tried can be taken back, one that was tried is awaited and deleted', async () => {
  const tab = await openTab()
  const one = await tab.post('one')
  const two = await tab.post('two')
  await until(() => server.waits('create'))
  await tab.remove(tab.rows()[0])
  await loseAll()
  expect(await two.posted).toMatchObject({ code: 'aborted' })
  await tab.remove(tab.rows()[0])
  expect(tab.texts()).toEqual(['post 1'])
  await wind(2_000)
  await deliver('create')
  expect(await one.posted).toMatchObject({ text: 'one' })
  await deliver('delete')
  await until(() => server.posts.length === 1)
  expect(await kept()).toEqual([])
})

test('a change of mind without a network is what the next page sends', async () => {
  const tab = await openTab()
  const [row] = tab.rows()
  if (!row) throw new Error('no row')
  const wish = (reacted: boolean) => void tab.venuekit.operations.setReaction(row, reacted).catch(() => null)
  wish(true)
  await until(() => server.waits('react'))
  wish(false)
  await turn()
  leave(tab)
  const next = await openTab()
  await deliver('react')
  await turn()
  expect(server.posts[0]?.reactions.count).toBe(0)
  expect(next.rows()[0]?.reactions).toEqual({ count: 0, mine: false })
})

test('another viewer finds nothing of the old one, and nothing of theirs is sent any more', async () => {
  const tab = await openTab()
  const { posted } = await tab.post('mine')
  await loseAll()
  tab.venuekit.setViewer({ id: 'bob', name: 'Bob' })
  expect(await posted).toMatchObject({ code: 'aborted' })
  await turn()
  expect(await kept()).toEqual([])
  const sent = posts()
  await wind(120_000)
  expect(posts()).toBe(sent)
})

test('what a viewer who has gone did and was not sent is forgotten, as the widget asks', async () => {
  const tab = await openTab()
  const { posted } = await tab.post('mine')
  await until(() => server.waits('create'))
  expect(await kept()).toEqual(['mine'])
  tab.venuekit.session.forget()
  expect(await posted).toMatchObject({ code: 'aborted' })
  await turn()
  expect(await kept()).toEqual([])
})

test('where storage is blocked the page itself keeps what waits', async () => {
  const outbox: OpenOutbox = context => openStoredOutbox(context, () => Promise.reject(new Error('blocked')))
  const tab = openFeed(server, { outbox, viewer }, 'by reader')
  opened.push(tab)
  await tab.loaded()
  await tab.post('mine')
  await tab.deliver('create')
  expect(tab.texts()).toEqual(['mine', 'post 1'])
})
