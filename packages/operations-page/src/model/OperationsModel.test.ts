import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PageAnswer } from '../client/createPageClient.ts'
import { PageFailure } from '../client/PageFailure.ts'
import { createPageServer, type PageServer } from '../testing/pageServer.ts'
import { sampleEvent, wellOperations } from '../testing/sampleOperations.ts'
import { OperationsModel } from './OperationsModel.ts'

let server: PageServer
let model: OperationsModel
let hear: () => void
const told = vi.fn()

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-01T12:00:00Z') })
  told.mockClear()
  server = createPageServer({
    operations: wellOperations(),
    events: Array.from({ length: 30 }, (_, n) => sampleEvent(n)),
  })
  const listen = (listener: () => void) => {
    hear = listener
  }
  model = new OperationsModel(server.client, { tell: told, listen })
})
afterEach(() => {
  model.setVisible(false)
  vi.useRealTimers()
})

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

const enter = async () => {
  model.start()
  await pass(0)
}

test('whoever has a session sees the page at once; everybody else is asked, without a word of reproach', async () => {
  await enter()
  expect(model.session.value).toEqual({ kind: 'in' })
  expect(model.sales.store.value.data).not.toBeNull()

  server = createPageServer({ operations: wellOperations(), signedIn: false })
  model = new OperationsModel(server.client, { tell: told, listen: () => {} })
  await enter()
  expect(model.session.value).toEqual({ kind: 'out', notice: null })
  expect(server.reads).toEqual(['operations'])
})

test('a session that ends takes what was shown with it', async () => {
  await enter()
  server.signedIn = false
  await pass(4000)
  expect(model.session.value).toMatchObject({ kind: 'out', notice: expect.stringContaining('over') })
  for (const watch of [model.overview, model.events, model.sales]) expect(watch.store.value.data).toBeNull()
  const asked = server.reads.length
  await pass(60_000)
  expect(server.reads.length).toBe(asked)
})

test('who logs in or out is told of to the other tabs, which look for themselves', async () => {
  server.signedIn = false
  await enter()
  await model.logIn('vk_sec_right')
  await pass(0)
  expect(model.session.value.kind).toBe('in')
  expect(told).toHaveBeenCalledTimes(1)
  await model.logOut()
  expect(model.session.value).toEqual({ kind: 'out', notice: null })
  expect(told).toHaveBeenCalledTimes(2)
  server.signedIn = true
  hear()
  await pass(0)
  expect(model.session.value.kind).toBe('in')
})

test('a log-out that the server did not hear of is no log-out', async () => {
  await enter()
  server.client.logOut = async () => {
    throw new PageFailure('unreachable', 'The server cannot be reached.')
  }
  await expect(model.logOut()).rejects.toThrow('cannot be reached')
  expect(model.session.value.kind).toBe('in')
})

test('a hidden page asks for nothing, and at once when it is shown', async () => {
  await enter()
  model.setVisible(false)
  const asked = server.reads.length
  await pass(600_000)
  expect(server.reads.length).toBe(asked)
  const { confirmedAt } = model.overview.store.value
  expect(Date.now() - (confirmedAt ?? 0)).toBeGreaterThanOrEqual(600_000)
  model.setVisible(true)
  await pass(0)
  expect(model.overview.store.value.confirmedAt).toBe(Date.now())
})

test('a failure keeps what was known with its own time, is tried again ever less often, and is over with the next answer', async () => {
  await enter()
  const since = model.overview.store.value.confirmedAt
  server.failure = new PageFailure('unreachable', 'The server cannot be reached.')
  await pass(4000)
  expect(model.overview.store.value).toMatchObject({ confirmedAt: since, failure: { kind: 'unreachable' } })
  const asked = () => server.reads.filter(path => path === 'operations').length
  const before = asked()
  await pass(120_000)
  expect(asked() - before).toBeLessThan(8)
  expect(asked() - before).toBeGreaterThan(2)
  server.failure = null
  await pass(30_000)
  expect(model.overview.store.value).toMatchObject({ failure: null })
  expect(model.overview.store.value.confirmedAt).toBeGreaterThan(since ?? 0)
})

test('figures of one event are never shown as those of another, whichever answer comes last', async () => {
  const waiting: { path: string; answer: (answer: PageAnswer) => void }[] = []
  server.client.read = path => new Promise(answer => waiting.push({ path, answer }))
  model.start()
  const settle = async (part: string, data: unknown) => {
    for (const entry of waiting.filter(({ path }) => path.includes(part)))
      entry.answer({ kind: 'changed', data, etag: null })
    await pass(0)
  }
  await settle('operations', wellOperations())
  model.select('00000000-0000-4000-8000-00000000000a')
  model.select('00000000-0000-4000-8000-00000000000b')
  await settle('00a', { of: 'a' })
  expect(model.sales.store.value.data).toBeNull()
  expect(model.event.store.value.data).toBeNull()
  await settle('00b', { of: 'b' })
  expect(model.sales.store.value.data).toEqual({ of: 'b' })
})

test('a search begins on the first page, and the pages lead back', async () => {
  await enter()
  model.turnPage(['25'])
  await pass(0)
  expect(model.events.store.value.data?.items).toHaveLength(5)
  model.choose({ search: 'Marit' })
  await pass(0)
  expect(server.reads.at(-1)).toBe('operations/events?search=Marit&filter=all&order=score')
  expect(model.choice.value.cursors).toEqual([])
})
