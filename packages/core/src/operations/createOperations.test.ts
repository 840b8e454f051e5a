import { afterEach, expect, test, vi } from 'vitest'
import { turn } from '../../test/feedPage.ts'
import { feedId, idOf, ScriptedFeed } from '../../test/ScriptedFeed.ts'
import type { MediaItem } from '../contracts/feed.ts'
import { createSession, type Session } from '../createSession.ts'

let session: Session

const open = (viewer: { id: string; name: string } | null) => {
  const server = new ScriptedFeed(2)
  const { fetch } = server
  session = createSession({
    apiUrl: 'https://api.example',
    publishableKey: 'k',
    fetch,
    viewer,
    getToken: () => 'token',
  })
  return server
}

afterEach(() => session.close())

test('a page that only reads does not load what viewers can do', async () => {
  open(null)
  session.feed(feedId).subscribe(() => {})
  await turn()
  expect(session.feeds.operations).toBeNull()
})

test('where a viewer is signed in it is loaded at once; what was done before is done then', async () => {
  const server = open({ id: 'ada', name: 'Ada' })
  const [first, second] = server.posts
  if (!first || !second) throw new Error('no posts')
  const posted = session.operations.createPost(feedId, { text: 'mine' })
  const undone = session.operations.deletePostLater(first, 5_000)
  undone.undo()
  const flushed = session.operations.deletePostLater(second, 5_000)
  flushed.flush()
  await vi.waitFor(() => expect(server.held.size).toBe(2), 20_000)
  for (const request of [...server.held]) request.deliver()
  expect(await posted).toMatchObject({ text: 'mine' })
  expect(await undone.done).toBe(false)
  expect(await flushed.done).toBe(true)
  expect(session.feeds.operations).not.toBeNull()
})

test('a post with media shows what its author knows of them, under the ids that the server will use', async () => {
  const server = open({ id: 'ada', name: 'Ada' })
  const reader = session.feed(feedId)
  reader.subscribe(() => {})
  await vi.waitFor(() => expect(server.waits('list')).toBe(true), 20_000)
  server.first('list').deliver()
  const uploadId = idOf(77)
  const item: MediaItem = {
    id: uploadId,
    kind: 'image',
    status: 'processing',
    url: null,
    posterUrl: null,
    width: 640,
    height: 480,
    durationMs: null,
    alt: 'The stage',
  }
  const media = [{ uploadId, alt: 'The stage' }]
  const posted = session.operations.createPost(feedId, { text: '', media, preview: [item] })
  await vi.waitFor(() => expect(reader.snapshot.data?.pages[0]?.items[0]?.media).toEqual([item]), 20_000)
  await vi.waitFor(() => expect(server.waits('create')).toBe(true), 20_000)
  server.first('create').deliver()
  await posted
})
