import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { feedId, idOf, ScriptedFeed } from '../../test/ScriptedFeed.ts'
import { createSession, type Session, type SessionOptions } from '../createSession.ts'
import { deviceOutbox } from './deviceOutbox.ts'
import { openIndexedDbStore } from './openIndexedDbStore.ts'

let server: ScriptedFeed
let viewer: { id: string; name: string }
const sessions: Session[] = []
const frames: HTMLIFrameElement[] = []

beforeEach(() => {
  server = new ScriptedFeed(1)
  viewer = { id: crypto.randomUUID(), name: 'Ada' }
})

afterEach(() => {
  for (const session of sessions.splice(0)) session.close()
  for (const frame of frames.splice(0)) frame.remove()
})

const options = (): SessionOptions => ({
  apiUrl: 'https://api.example',
  publishableKey: 'k',
  viewer,
  getToken: () => 'token',
  fetch: server.fetch,
})

const until = (isSo: () => unknown) =>
  vi.waitFor(() => {
    if (!isSo()) throw new Error('not yet')
  }, 20_000)

/** Shows the feed with that session; answers what is on the screen. */
const show = async (session: Session) => {
  sessions.push(session)
  const reader = session.feed(feedId)
  reader.subscribe(() => {})
  await until(() => server.waits('list'))
  server.first('list').deliver()
  await until(() => reader.snapshot.data)
  const texts = () =>
    reader.snapshot.data?.pages.flatMap(page => page.items.map(post => (post.pending ? `(${post.text})` : post.text)))
  return { session, texts }
}

const openTab = () => show(createSession({ ...options(), outbox: deviceOutbox }))

/**
 * Another document of the same origin: it has its own realm, and loses its locks when it goes. Its modules come
 * statically: the test runner's own imports are not at home there.
 */
const openFrame = async () => {
  const frame = document.createElement('iframe')
  const modules = {
    session: '../createSession.ts',
    outbox: './openStoredOutbox.ts',
    act: '../operations/createOperations.ts',
  }
  const urls = Object.entries(modules).map(([name, path]) => [name, new URL(path, import.meta.url).href])
  const { session: sessionUrl, outbox: outboxUrl, act: actUrl } = Object.fromEntries(urls)
  frame.srcdoc = `<script type="module">
    const [{ createSession }, { openStoredOutbox }, { createOperations }] = await Promise.all([import('${sessionUrl}'), import('${outboxUrl}'), import('${actUrl}')])
    const outbox = context => openStoredOutbox(context)
    window.openSession = options => createSession({ ...options, outbox, createOperations })
  </script>`
  document.body.append(frame)
  frames.push(frame)
  const open = () =>
    Reflect.get(frame.contentWindow ?? {}, 'openSession') as undefined | ((given: SessionOptions) => Session)
  await until(open)
  const session = open()?.(options())
  if (!session) throw new Error('The frame has no session.')
  return { frame, ...(await show(session)) }
}

const post = (session: Session, text: string) =>
  session.operations.createPost(feedId, { text }).catch((error: unknown) => error)

const deliver = async () => {
  await until(() => server.waits('create'))
  server.first('create').deliver()
}

test('two documents send one after the other’s posts, each once, and both show them all', async () => {
  const one = await openTab()
  const other = await openFrame()
  void post(one.session, 'a')
  await until(() => other.texts()?.length === 2)
  void post(other.session, 'b')
  await until(() => one.texts()?.length === 3)
  void post(one.session, 'c')
  await until(() => other.texts()?.join() === '(c),(b),(a),post 1')
  for (let count = 0; count < 3; count++) await deliver()
  await until(() => [one, other].every(({ texts }) => texts()?.join() === 'c,b,a,post 1'))
  expect(server.seen.filter(method => method === 'POST')).toHaveLength(3)
})

test('a document that dies while it sends hands over: the same post again, and once', async () => {
  const dying = await openFrame()
  void post(dying.session, 'mine')
  await until(() => server.waits('create'))
  const { request } = server.first('create')
  const heir = await openTab()
  server.first('create').process()
  await until(() => heir.texts()?.join() === '(mine),post 1')
  sessions.splice(0, 1)
  dying.frame.remove()
  await until(() => [...server.held].some(held => held.kind === 'create' && held.request !== request))
  for (const held of [...server.held]) held.deliver()
  await until(() => heir.texts()?.join() === 'mine,post 1')
  expect(server.posts).toHaveLength(2)
})

test('what waits survives the page, and is sent by the next one when the network is back', async () => {
  const before = await openTab()
  void post(before.session, 'one')
  void post(before.session, 'two')
  await until(() => before.texts()?.length === 3)
  for (let attempt = 0; attempt < 3; attempt++) {
    await until(() => server.waits('create'))
    server.first('create').lose()
  }
  await until(() => before.session.feed(feedId).snapshot.isOffline)
  window.dispatchEvent(new Event('online'))
  await until(() => server.waits('create'))
  before.session.close()
  const after = await openTab()
  await until(() => after.texts()?.join() === '(two),(one),post 1')
  await deliver()
  await deliver()
  await until(() => after.texts()?.join() === 'two,one,post 1')
})

test('who signs out leaves nothing on the device', async () => {
  const { session } = await openTab()
  void post(session, 'mine')
  await until(() => server.waits('create'))
  const store = await openIndexedDbStore()
  const scope = `k ${viewer.id}`
  expect(await store.list(scope)).toHaveLength(1)
  session.setViewer(null)
  await vi.waitFor(async () => expect(await store.list(scope)).toEqual([]), 20_000)
})

test('the store keeps order and place, and takes back only what was never tried', async () => {
  const store = await openIndexedDbStore()
  const scope = viewer.id
  const react = (number: number, reacted = true) =>
    ({ kind: 'react', opId: `op ${number}`, feedId, clientId: null, postId: idOf(number), reacted }) as const
  for (const number of [2, 1, 3]) await store.put(scope, react(number))
  await store.put('another', react(1))
  expect(await store.begin(scope, 'op 2')).toBe(true)
  await store.put(scope, react(2, false))
  const rows = await store.list(scope)
  expect(rows.map(({ op, isTried }) => [op, isTried])).toEqual([
    [react(2, false), true],
    [react(1), false],
    [react(3), false],
  ])
  expect(await store.takeBack(scope, 'op 2')).toBe(false)
  expect(await store.takeBack(scope, 'op 1')).toBe(true)
  expect(await store.takeBack(scope, 'op 1')).toBe(false)
  expect(await store.begin(scope, 'op 1')).toBe(false)
  await store.remove(scope, 'op 2')
  await store.remove(scope, 'op 2')
  expect((await store.list(scope)).map(({ op }) => op.opId)).toEqual(['op 3'])
  await store.clear(scope)
  expect(await store.list(scope)).toEqual([])
  expect(await store.list('another')).toHaveLength(1)
  await store.clear('another')
})
