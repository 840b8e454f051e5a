import { afterEach, describe, expect, test } from 'vitest'
import { openFeed, turn, ways } from '../../test/feedPage.ts'
import { ScriptedFeed } from '../../test/ScriptedFeed.ts'
import type { FeedPost } from './FeedPage.ts'

describe.each(ways)('%s', way => {
  let server: ScriptedFeed
  let page: ReturnType<typeof openFeed>

  /** Three to a page: with four posts there are two pages. */
  const open = async (posts: number, pages = 1) => {
    server = new ScriptedFeed(posts)
    page = openFeed(server, {}, way)
    await page.loaded(pages)
  }

  const row = (at = 0): FeedPost => {
    const found = page.rows()[at]
    if (!found) throw new Error('no such row')
    return found
  }
  const wish = (reacted: boolean, at = 0) =>
    page.venuekit.operations.setReaction(row(at), reacted).catch((error: unknown) => error)
  const puts = () => server.seen.filter(method => method === 'PUT').length

  afterEach(() => page.close())

  test('a reaction shows in the same turn and costs one request; the other rows stay the same objects', async () => {
    await open(3)
    const before = page.rows()
    const done = wish(true, 1)
    expect(row(1).reactions).toEqual({ count: 1, mine: true })
    const shown = row(1)
    await page.post('mine')
    expect(row(2)).toBe(shown)
    await page.deliver('react')
    expect(await done).toBeUndefined()
    expect(row(2)).toMatchObject({ version: 2, reactions: { count: 1, mine: true } })
    expect([row(1), row(3)]).toEqual([before[0], before[2]])
    expect(row(1) === before[0] && row(3) === before[2]).toBe(true)
    expect(puts()).toBe(1)
  })

  test('a burst within one turn sends its last wish alone', async () => {
    await open(1)
    for (const reacted of [true, false, true]) void wish(reacted)
    await turn()
    await page.deliver('react')
    expect(puts()).toBe(1)
    expect(row().reactions).toEqual({ count: 1, mine: true })
  })

  test('react, unreact, react while the first is under way needs no second request', async () => {
    await open(1)
    void wish(true)
    await turn()
    void wish(false)
    expect(row().reactions).toEqual({ count: 0, mine: false })
    void wish(true)
    await page.deliver('react')
    expect(puts()).toBe(1)
    expect(server.waits('react')).toBe(false)
    expect(row().reactions).toEqual({ count: 1, mine: true })
  })

  test('react, unreact while the first is under way sends the second after it', async () => {
    await open(1)
    void wish(true)
    await turn()
    const last = wish(false)
    await turn()
    expect(puts()).toBe(1)
    await page.deliver('react')
    expect(row().reactions).toEqual({ count: 0, mine: false })
    await page.deliver('react')
    expect(await last).toBeUndefined()
    expect(puts()).toBe(2)
    expect(server.posts[0]?.reactions.count).toBe(0)
  })

  test('the count moves by what the row says itself, whichever answer comes first', async () => {
    await open(1)
    server.react(row().id, 'bob', true)
    void wish(true)
    await turn()
    server.first('react').process()
    await page.refetch()
    await page.deliver('list')
    expect(row().reactions).toEqual({ count: 2, mine: true })
    await page.deliver('react')
    expect(row().reactions).toEqual({ count: 2, mine: true })
  })

  test('a list from before the reaction does not undo it once it is answered', async () => {
    await open(2)
    const replica = server.posts
    await page.refetch()
    server.first('list').process()
    void wish(true)
    await turn()
    await page.deliver('react')
    await page.deliver('list')
    expect(row().reactions).toEqual({ count: 1, mine: true })
    page.clock.now += 90_000
    await page.refetch()
    server.first('list').process(replica).deliver()
    await turn()
    expect(row().reactions).toEqual({ count: 1, mine: true })
  })

  test('a next page in flight at the reaction, and a replica behind it, leave it as it is', async () => {
    await open(5)
    const replica = server.posts
    void wish(true, 2)
    await turn()
    await page.loadMore()
    server.first('list').process(replica)
    await page.deliver('react')
    await page.deliver('list')
    expect(page.texts()).toHaveLength(5)
    expect(row(2).reactions).toEqual({ count: 1, mine: true })
  })

  test('a reaction to a post on its way waits for its answer, and a changed mind sends nothing', async () => {
    await open(1)
    await page.post('mine')
    void wish(true)
    expect(row().reactions).toEqual({ count: 1, mine: true })
    await turn()
    expect(puts()).toBe(0)
    await page.deliver('create')
    expect(row()).toMatchObject({ text: 'mine', reactions: { count: 1, mine: true } })
    await page.deliver('react')
    expect(row()).toMatchObject({ version: 2, reactions: { count: 1, mine: true } })
    await page.post('another')
    void wish(true)
    void wish(false)
    await page.deliver('create')
    expect(puts()).toBe(1)
  })

  test('a reaction to a post that is refused goes with it', async () => {
    await open(1)
    await page.post('mine')
    const done = wish(true)
    server.first('create').fail('forbidden', 403)
    await turn()
    expect(await done).toBeUndefined()
    expect(page.texts()).toEqual(['post 1'])
    expect(puts()).toBe(0)
  })

  test('a reaction that is refused goes back to what the server says', async () => {
    await open(2)
    const before = page.rows()
    const done = wish(true)
    await turn()
    server.first('react').fail('forbidden', 403)
    expect(await done).toMatchObject({ code: 'forbidden' })
    expect(page.rows().every((each, at) => each === before[at])).toBe(true)
    void wish(true)
    await turn()
    await page.deliver('react')
    expect(row().reactions.mine).toBe(true)
  })

  test('a reaction to a post that somebody deleted takes the post away and fails nobody', async () => {
    await open(2)
    const done = wish(true)
    await turn()
    server.remove(row().id)
    await page.deliver('react')
    expect(await done).toBeUndefined()
    expect(page.texts()).toEqual(['post 1'])
  })

  test('a post deleted while its reaction is under way stays away', async () => {
    await open(2)
    void wish(true)
    await turn()
    await page.remove(row())
    await page.deliver('react')
    expect(page.texts()).toEqual(['post 1'])
    await page.deliver('delete')
    expect(page.texts()).toEqual(['post 1'])
  })

  test('another viewer takes the reaction under way off the screen', async () => {
    await open(1)
    const done = wish(true)
    await turn()
    page.venuekit.setViewer({ id: 'bob', name: 'Bob' })
    expect(await done).toMatchObject({ code: 'aborted' })
  })

  test('a pin shows with its answer, at the place the server gives, and a late list does not undo it', async () => {
    await open(5)
    const third = row(2)
    await page.refetch()
    server.first('list').process()
    const pinned = page.venuekit.operations.pinPost(third, true)
    await turn()
    expect(page.texts()[0]).toBe('post 5')
    await page.deliver('pin')
    expect((await pinned).pinnedAt).not.toBeNull()
    expect(page.texts()).toEqual(['post 3', 'post 5', 'post 4'])
    await page.deliver('list')
    expect(page.texts()).toEqual(['post 3', 'post 5', 'post 4'])
  })
})
