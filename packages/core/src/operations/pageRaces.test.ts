import { afterEach, describe, expect, test } from 'vitest'
import { openFeed, turn, ways } from '../../test/feedPage.ts'
import { feedId, ScriptedFeed } from '../../test/ScriptedFeed.ts'

describe.each(ways)('%s', way => {
  let server: ScriptedFeed
  let page: ReturnType<typeof openFeed>

  /** Three to a page: with four posts there are two pages. */
  const open = async (posts: number, pages = 1) => {
    server = new ScriptedFeed(posts)
    page = openFeed(server, {}, way)
    await page.loaded(pages)
  }

  afterEach(() => page.close())

  test('a post pushed below what is loaded leaves, and comes back with its page', async () => {
    await open(1)
    await page.post('mine')
    await page.deliver('create')
    await page.refetch()
    await page.deliver('list')
    for (const text of ['a', 'b', 'c']) server.add(text)
    page.screen.restart()
    await turn()
    await page.deliver('list')
    expect(page.texts()).toEqual(['c', 'b', 'a'])
    await page.loadMore()
    await page.deliver('list')
    expect(page.texts()).toEqual(['c', 'b', 'a', 'mine', 'post 1'])
  })

  test('posts that move between pages show once', async () => {
    await open(6, 2)
    const moved = server.posts[4]
    server.pin(moved?.id ?? '')
    await page.refetch()
    await page.deliver('list')
    expect(page.texts()).toEqual(['post 2', 'post 6', 'post 5', 'post 4', 'post 3', 'post 1'])
  })

  test('a post that lost its pin shows once, where it belongs, when its page comes', async () => {
    await open(5)
    const pinned = server.posts[4]?.id ?? ''
    server.pin(pinned)
    await page.refetch()
    await page.deliver('list')
    expect(page.texts()).toEqual(['post 1', 'post 5', 'post 4', 'post 3'])
    server.pin(pinned, false)
    await page.loadMore()
    await page.deliver('list')
    expect(page.texts()).toEqual(['post 5', 'post 4', 'post 3', 'post 2', 'post 1'])
  })

  test('a post on its way stands below the pinned ones', async () => {
    await open(3)
    server.pin(server.posts[2]?.id ?? '')
    await page.refetch()
    await page.deliver('list')
    await page.post('mine')
    expect(page.texts()).toEqual(['post 1', '(mine)', 'post 3', 'post 2'])
    await page.deliver('create')
    expect(page.texts()).toEqual(['post 1', 'mine', 'post 3', 'post 2'])
  })

  test('a refetch of three pages lists the head alone', async () => {
    await open(9, 3)
    const before = server.seen.length
    server.add('newer')
    server.remove(server.posts[1]?.id ?? '')
    await page.refetch()
    await page.deliver('list')
    expect(server.seen.slice(before)).toEqual(['GET'])
    expect(page.texts()).toEqual([
      'newer',
      'post 8',
      'post 7',
      'post 6',
      'post 5',
      'post 4',
      'post 3',
      'post 2',
      'post 1',
    ])
  })

  test('more news than a page holds leave a gap, which can be filled', async () => {
    await open(6, 2)
    for (let number = 7; number <= 14; number++) server.add(`post ${number}`)
    await page.refetch()
    await page.deliver('list')
    const gapOf = () => page.gaps()[0]
    expect(page.texts().slice(0, 5)).toEqual(['post 14', 'post 13', 'post 12', 'post 6', 'post 5'])
    for (const expected of ['post 9', 'post 6']) {
      const gap = gapOf()
      if (!gap) throw new Error('there is no gap')
      const filled = page.venuekit.operations.loadGap(feedId, gap)
      await turn()
      await page.deliver('list')
      await filled
      expect(page.texts()).toContain(expected)
    }
    expect(gapOf()).toBeUndefined()
    expect(page.texts()).toEqual(Array.from({ length: 14 }, (_, at) => `post ${14 - at}`))
  })

  test('a gap under a gap stays when the upper one is filled, and the other way round', async () => {
    await open(2)
    const { gaps } = page
    for (const last of [6, 10]) {
      for (let count = 0; count < 4; count++) server.add(`post ${last - 3 + count}`)
      await page.refetch()
      await page.deliver('list')
    }
    const [upper, lower] = gaps()
    if (!upper || !lower) throw new Error('there are not two gaps')
    const filled = page.venuekit.operations.loadGap(feedId, lower)
    await turn()
    await page.deliver('list')
    await filled
    expect(gaps()).toEqual([upper])
    void page.venuekit.operations.loadGap(feedId, upper)
    await turn()
    await page.deliver('list')
    expect(gaps()).toEqual([])
    expect(page.texts()).toEqual(Array.from({ length: 10 }, (_, at) => `post ${10 - at}`))
  })

  test('a post that lost its pin and sank below the first page can still be reached', async () => {
    await open(2)
    const pinned = server.posts[1]?.id ?? ''
    server.pin(pinned)
    await page.refetch()
    await page.deliver('list')
    server.pin(pinned, false)
    server.add('post 3')
    server.add('post 4')
    await page.refetch()
    await page.deliver('list')
    expect(page.texts()).toEqual(['post 4', 'post 3', 'post 2'])
    await page.loadMore()
    await page.deliver('list')
    expect(page.texts()).toEqual(['post 4', 'post 3', 'post 2', 'post 1'])
  })

  test('a pinned post that both know does not hide a gap', async () => {
    await open(3)
    server.pin(server.posts[2]?.id ?? '')
    await page.refetch()
    await page.deliver('list')
    for (const text of ['a', 'b', 'c', 'd']) server.add(text)
    await page.refetch()
    await page.deliver('list')
    expect(page.texts()).toEqual(['post 1', 'd', 'c', 'post 3', 'post 2'])
    expect(page.gaps()).toHaveLength(1)
  })
})
