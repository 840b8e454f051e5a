import { afterEach, expect, test } from 'vitest'
import { turn } from '../../test/feedPage.ts'
import { feedId, ScriptedFeed } from '../../test/ScriptedFeed.ts'
import { createSession } from '../createSession.ts'

const clock = { now: Date.UTC(2026, 10, 23) }
let server: ScriptedFeed
let session: ReturnType<typeof createSession>

const opened = async () => {
  server = new ScriptedFeed(4)
  const { fetch } = server
  session = createSession({ apiUrl: 'https://api.example', publishableKey: 'k', fetch, now: () => clock.now })
  const reader = session.feed(feedId)
  const stop = reader.subscribe(() => {})
  await turn()
  server.first('list').deliver()
  await turn()
  return { reader, stop }
}

const come = async (target: EventTarget, type: string) => {
  target.dispatchEvent(new Event(type))
  await turn()
}

afterEach(() => session.close())

test('who comes back to the page gets news once what is shown is 30 s old, in one request', async () => {
  await opened()
  clock.now += 29_999
  await come(document, 'visibilitychange')
  await come(window, 'online')
  expect(server.held.size).toBe(0)
  clock.now += 1
  await come(document, 'visibilitychange')
  await come(window, 'focus')
  await come(window, 'online')
  expect(server.seen).toEqual(['GET', 'GET'])
})

test('what failed comes when the network does', async () => {
  const { reader } = await opened()
  void reader.loadMore()
  await turn()
  server.first('list').fail('forbidden', 403)
  await turn()
  await come(window, 'focus')
  expect(server.held.size).toBe(0)
  await come(window, 'online')
  server.first('list').deliver()
  await turn()
  expect(reader.snapshot).toMatchObject({ error: null, more: 'idle' })
})

test('a reader that nobody listens to hears nothing', async () => {
  const { stop } = await opened()
  stop()
  clock.now += 60_000
  await come(window, 'online')
  expect(server.held.size).toBe(0)
})
