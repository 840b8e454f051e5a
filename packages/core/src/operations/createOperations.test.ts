import { afterEach, expect, test, vi } from 'vitest'
import { turn } from '../../test/feedPage.ts'
import { feedId, ScriptedFeed } from '../../test/ScriptedFeed.ts'
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
  await vi.waitFor(() => expect(server.held.size).toBe(2))
  for (const request of [...server.held]) request.deliver()
  expect(await posted).toMatchObject({ text: 'mine' })
  expect(await undone.done).toBe(false)
  expect(await flushed.done).toBe(true)
  expect(session.feeds.operations).not.toBeNull()
})
