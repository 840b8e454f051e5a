import { afterEach, describe, expect, test } from 'vitest'
import { openFeed, turn, ways } from '../../test/feedPage.ts'
import { feedId, ScriptedFeed } from '../../test/ScriptedFeed.ts'
import { renderKey } from './FeedPage.ts'

describe.each(ways)('%s', way => {
  let server: ScriptedFeed
  let page: ReturnType<typeof openFeed>

  /** Three to a page: with four posts there are two pages. */
  const open = async (posts: number, pages = 1) => {
    server = new ScriptedFeed(posts)
    page = openFeed(server, {}, way)
    await page.loaded(pages)
    server.changes.length = 0
  }

  /** The stream tells what happened since. */
  const hear = () => {
    for (const message of server.changes.splice(0)) page.venuekit.session.feeds.commitLive(message)
  }

  afterEach(() => page.close())

  test('a post, a change and a removal come without a request; the other rows stay the same objects', async () => {
    await open(3)
    const before = page.rows()
    server.add('news')
    hear()
    expect(page.texts()).toEqual(['news', 'post 3', 'post 2', 'post 1'])
    expect(page.rows()[0]?.canDelete).toBe(false)
    expect(page.rows().slice(1)).toEqual(before)
    expect(page.rows()[1]).toBe(before[0])
    server.react(server.posts[1]?.id ?? '', 'bob', true)
    server.pin(server.posts[3]?.id ?? '')
    server.remove(server.posts[1]?.id ?? '')
    hear()
    expect(page.rows().map(row => [row.text, row.reactions.count])).toEqual([
      ['post 1', 0],
      ['post 3', 1],
      ['post 2', 0],
    ])
    expect(page.rows()[2]).toBe(before[1])
    expect(server.seen).toEqual(['GET'])
  })

  test('the echo of a post of one’s own before its answer, and after it, shows it once', async () => {
    await open(2)
    await page.post('mine')
    const key = page.rows()[0]
    server.first('create').process()
    const [echo] = server.changes
    hear()
    expect(page.texts()).toEqual(['mine', 'post 2', 'post 1'])
    expect(page.rows()[0]?.canDelete).toBe(true)
    expect(key && page.rows()[0] && renderKey(key) === renderKey(page.rows()[0] ?? key)).toBe(true)
    await page.deliver('create')
    if (echo) page.venuekit.session.feeds.commitLive(echo)
    expect(page.texts()).toEqual(['mine', 'post 2', 'post 1'])
  })

  test('what is the viewer’s own stays when a message says nothing of it', async () => {
    await open(2)
    const [post] = page.rows()
    if (!post) throw new Error('no row')
    void page.venuekit.operations.setReaction(post, true)
    await turn()
    await page.deliver('react')
    server.react(post.id, 'bob', true)
    hear()
    expect(page.rows()[0]).toMatchObject({ reactions: { count: 2, mine: true } })
  })

  test('a message about a post whose reaction is under way waits for the answer: it may count already', async () => {
    await open(2)
    const [post] = page.rows()
    if (!post) throw new Error('no row')
    void page.venuekit.operations.setReaction(post, true)
    await turn()
    server.first('react').process()
    server.react(post.id, 'bob', true)
    hear()
    expect(page.rows()[0]?.reactions).toEqual({ count: 1, mine: true })
    await page.deliver('react')
    expect(page.rows()[0]?.reactions).toEqual({ count: 2, mine: true })
  })

  test('messages that come twice, or in the wrong order, end at the newest', async () => {
    await open(2)
    const id = server.posts[1]?.id ?? ''
    server.react(id, 'bob', true)
    server.react(id, 'eve', true)
    server.remove(server.posts[0]?.id ?? '')
    server.changes.push(...server.changes.toReversed())
    hear()
    expect(page.rows().map(row => row.reactions.count)).toEqual([2])
  })

  test('a message older than what a list has told changes nothing', async () => {
    await open(2)
    server.react(server.posts[0]?.id ?? '', 'bob', true)
    server.react(server.posts[0]?.id ?? '', 'eve', true)
    await page.refetch()
    await page.deliver('list')
    server.changes.pop()
    hear()
    expect(page.rows()[0]?.reactions.count).toBe(2)
  })

  test('a post that is pinned while its page is on its way stands on top, and there alone', async () => {
    await open(5)
    await page.loadMore()
    server.first('list').process()
    server.pin(server.posts[4]?.id ?? '')
    hear()
    expect(page.texts()).toEqual(['post 1', 'post 5', 'post 4', 'post 3'])
    await page.deliver('list')
    expect(page.texts()).toEqual(['post 1', 'post 5', 'post 4', 'post 3', 'post 2'])
  })

  test('a list that was asked before a message came neither hides what is new nor brings back what is gone', async () => {
    await open(3)
    const gone = server.posts[1]?.id ?? ''
    await page.refetch()
    server.first('list').process()
    server.remove(gone)
    server.add('news')
    hear()
    await page.deliver('list')
    expect(page.texts()).toEqual(['news', 'post 3', 'post 1'])
  })

  test('a page that holds nothing but posts that are gone hides nothing else', async () => {
    await open(7)
    await page.refetch()
    server.first('list').process()
    for (const { id } of server.posts.slice(0, 3)) server.remove(id)
    hear()
    await page.deliver('list')
    await page.loadMore()
    await page.deliver('list')
    expect(page.texts()).toEqual(['post 4', 'post 3', 'post 2'])
  })

  test('a change of a post below what is loaded shows nothing', async () => {
    await open(5)
    server.react(server.posts[4]?.id ?? '', 'bob', true)
    hear()
    expect(page.texts()).toEqual(['post 5', 'post 4', 'post 3'])
    await page.loadMore()
    await page.deliver('list')
    expect(page.rows().at(-1)).toMatchObject({ text: 'post 1', reactions: { count: 1 } })
  })

  test('after lost news a reset lists the head, and a gap stands where more were lost', async () => {
    await open(3)
    for (const text of ['a', 'b', 'c']) server.add(text)
    server.changes.length = 0
    page.venuekit.session.feeds.commitLive({ type: 'reset' })
    server.add('d')
    hear()
    expect(page.texts()[0]).toBe('d')
    await turn()
    for (const held of [...server.held]) held.deliver()
    await turn()
    expect(page.texts()).toEqual(['d', 'c', 'b', 'post 3', 'post 2', 'post 1'])
    const [gap] = page.gaps()
    if (!gap) throw new Error('no gap')
    void page.venuekit.operations.loadGap(feedId, gap)
    await turn()
    await page.deliver('list')
    expect(page.texts()).toEqual(['d', 'c', 'b', 'a', 'post 3', 'post 2', 'post 1'])
    expect(page.gaps()).toEqual([])
  })

  test('a post that comes into a gap does not close it', async () => {
    await open(3)
    for (const text of ['a', 'b', 'c', 'd', 'e', 'f']) server.add(text)
    server.changes.length = 0
    await page.refetch()
    await page.deliver('list')
    const hidden = server.posts.find(post => post.text === 'b')
    server.react(hidden?.id ?? '', 'bob', true)
    hear()
    expect(page.texts()).toEqual(['f', 'e', 'd', 'b', 'post 3', 'post 2', 'post 1'])
    for (let [gap] = page.gaps(); gap; [gap] = page.gaps()) {
      void page.venuekit.operations.loadGap(feedId, gap)
      await turn()
      await page.deliver('list')
    }
    expect(page.texts()).toEqual(['f', 'e', 'd', 'c', 'b', 'a', 'post 3', 'post 2', 'post 1'])
  })

  test('what is switched off is known at once', async () => {
    await open(1)
    const info = page.venuekit.session.feedInfo(feedId)
    const stop = info.subscribe(() => {})
    await turn()
    await page.deliver('info')
    expect(info.snapshot.info?.features.video).toBe(true)
    const features = { ...server.info.features, video: false }
    page.venuekit.session.feeds.commitLive({ type: 'features', feedId, features })
    expect(info.snapshot.info).toMatchObject({ name: 'Tonight', features: { video: false } })
    stop()
  })
})
