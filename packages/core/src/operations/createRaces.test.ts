import { afterEach, describe, expect, test } from 'vitest'
import { openFeed, turn, ways } from '../../test/feedPage.ts'
import { feedId, idOf, ScriptedFeed } from '../../test/ScriptedFeed.ts'
import { renderKey } from './FeedPage.ts'

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

  test('a post shows in the same turn, and no request follows but its own', async () => {
    await open(4)
    const before = server.seen.length
    void page.venuekit.operations.createPost(feedId, { text: 'mine' })
    expect(page.texts()).toEqual(['(mine)', 'post 4', 'post 3', 'post 2'])
    await turn()
    await page.deliver('create')
    expect(page.texts()).toEqual(['mine', 'post 4', 'post 3', 'post 2'])
    expect(server.seen.slice(before)).toEqual(['POST'])
  })

  test('the first post of an empty feed shows as well', async () => {
    await open(0)
    await page.post('mine')
    expect(page.texts()).toEqual(['(mine)'])
    await page.deliver('create')
    expect(page.texts()).toEqual(['mine'])
  })

  test('the row keeps its key when the server answers, and the other rows stay the same objects', async () => {
    await open(4)
    const others = page.rows()
    await page.post('mine')
    const [pending, ...rest] = page.rows()
    expect(rest.every((row, at) => row === others[at])).toBe(true)
    await page.deliver('create')
    const [sent, ...still] = page.rows()
    expect(sent && pending && renderKey(sent) === renderKey(pending)).toBe(true)
    expect(still.every((row, at) => row === others[at])).toBe(true)
    await page.refetch()
    await page.deliver('list')
    expect(page.rows()[0]).toBe(sent)
    expect(
      page
        .rows()
        .slice(1)
        .every((row, at) => row === others[at]),
    ).toBe(true)
  })

  test('a refetch in flight at the create does not take the post away', async () => {
    await open(4)
    await page.refetch()
    server.first('list').process()
    await page.post('mine')
    await page.deliver('list')
    expect(page.texts()[0]).toBe('(mine)')
    await page.deliver('create')
    expect(page.texts()).toEqual(['mine', 'post 4', 'post 3', 'post 2'])
  })

  test('a refetch begun after the create shows the post once, whichever answer comes first', async () => {
    await open(2)
    await page.post('mine')
    await page.refetch()
    server.first('create').process()
    await page.deliver('list')
    expect(page.texts()).toEqual(['mine', 'post 2', 'post 1'])
    await page.deliver('create')
    expect(page.texts()).toEqual(['mine', 'post 2', 'post 1'])
  })

  test('a next page in flight at the create, and at its answer, leaves it on top', async () => {
    await open(5)
    await page.loadMore()
    await page.post('mine')
    await page.deliver('list')
    expect(page.texts()).toEqual(['(mine)', 'post 5', 'post 4', 'post 3', 'post 2', 'post 1'])
    await page.deliver('create')
    expect(page.texts()).toEqual(['mine', 'post 5', 'post 4', 'post 3', 'post 2', 'post 1'])
  })

  test('of two posts the first fails: the second stays, and is sent after it', async () => {
    await open(1)
    const first = await page.post('first')
    const second = await page.post('second')
    expect(page.texts()).toEqual(['(second)', '(first)', 'post 1'])
    expect(server.held.size).toBe(1)
    server.first('create').fail('forbidden', 403)
    await turn()
    expect(await first.posted).toMatchObject({ code: 'forbidden' })
    expect(page.texts()).toEqual(['(second)', 'post 1'])
    await page.deliver('create')
    expect(await second.posted).toMatchObject({ text: 'second' })
    expect(page.texts()).toEqual(['second', 'post 1'])
  })

  test('a list that was asked before the answer proves nothing about those asked after it', async () => {
    await open(3)
    const replica = server.posts
    await page.post('mine')
    server.first('create').process()
    await page.refetch()
    server.first('list').process()
    await page.deliver('create')
    await page.deliver('list')
    await page.refetch()
    server.first('list').process(replica).deliver()
    await turn()
    expect(page.texts()).toEqual(['mine', 'post 3', 'post 2', 'post 1'])
  })

  test('a list that lags behind an acknowledged create still shows it', async () => {
    await open(3)
    const replica = server.posts
    await page.post('mine')
    await page.deliver('create')
    page.clock.now += 30_000
    await page.refetch()
    server.first('list').process(replica).deliver()
    await turn()
    expect(page.texts()).toEqual(['mine', 'post 3', 'post 2', 'post 1'])
  })

  test('a post that moderators took away goes once a replica cannot be the reason', async () => {
    await open(3)
    await page.post('mine')
    await page.deliver('create')
    server.remove(server.posts[0]?.id ?? '')
    page.clock.now += 59_000
    await page.refetch()
    await page.deliver('list')
    expect(page.texts()[0]).toBe('mine')
    page.clock.now += 1_000
    await page.refetch()
    await page.deliver('list')
    expect(page.texts()).toEqual(['post 3', 'post 2', 'post 1'])
  })

  test('an acknowledged post takes its place among newer ones', async () => {
    await open(2)
    await page.post('mine')
    server.first('create').process()
    server.add('newer')
    await page.refetch()
    server
      .first('list')
      .process(server.posts.filter(post => post.text !== 'mine'))
      .deliver()
    await turn()
    expect(page.texts()).toEqual(['(mine)', 'newer', 'post 2', 'post 1'])
    await page.deliver('create')
    expect(page.texts()).toEqual(['newer', 'mine', 'post 2', 'post 1'])
  })

  test('a retry after a lost answer makes no second post', async () => {
    await open(1)
    const clientId = idOf(77)
    const lost = await page.post('mine', clientId)
    server.first('create').process().fail()
    await turn()
    expect(await lost.posted).toMatchObject({ code: 'internal' })
    expect(page.texts()).toEqual(['post 1'])
    await page.refetch()
    await page.deliver('list')
    expect(page.texts()).toEqual(['mine', 'post 1'])
    await page.post('mine', clientId)
    expect(page.texts()).toEqual(['mine', 'post 1'])
    await page.deliver('create')
    expect(page.texts()).toEqual(['mine', 'post 1'])
  })

  test('a second call under the same client id while the first is under way is the same post', async () => {
    await open(1)
    await page.post('mine', idOf(78))
    await page.post('mine', idOf(78))
    await page.deliver('create')
    expect(server.seen.filter(method => method === 'POST')).toHaveLength(1)
    expect(page.texts()).toEqual(['mine', 'post 1'])
  })
})
