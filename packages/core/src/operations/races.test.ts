import { InfiniteQueryObserver } from '@tanstack/query-core'
import { afterEach, expect, test } from 'vitest'
import { openFeed, turn } from '../../test/feedPage.ts'
import { feedId, idOf, ScriptedFeed } from '../../test/ScriptedFeed.ts'
import { renderKey } from './FeedPage.ts'

let server: ScriptedFeed
let page: ReturnType<typeof openFeed>

/** Three to a page: with four posts there are two pages. */
const open = async (posts: number, pages = 1) => {
  server = new ScriptedFeed(posts)
  page = openFeed(server)
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
  void page.observer.fetchNextPage()
  await turn()
  await page.post('mine')
  await page.deliver('list')
  expect(page.texts()).toEqual(['(mine)', 'post 5', 'post 4', 'post 3', 'post 2', 'post 1'])
  await page.deliver('create')
  expect(page.texts()).toEqual(['mine', 'post 5', 'post 4', 'post 3', 'post 2', 'post 1'])
})

test('a next page in flight at a delete does not bring the post back', async () => {
  await open(5)
  void page.observer.fetchNextPage()
  await turn()
  server.first('list').process()
  await page.remove(page.rows()[2])
  await page.deliver('delete')
  await page.deliver('list')
  expect(page.texts()).toEqual(['post 5', 'post 4', 'post 2', 'post 1'])
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

test('a replica that still serves a deleted row cannot bring it back', async () => {
  await open(3)
  const replica = server.posts
  await page.remove(page.rows()[1])
  expect(page.texts()).toEqual(['post 3', 'post 1'])
  await page.deliver('delete')
  for (const seconds of [1, 30, 61]) {
    page.clock.now += seconds * 1000
    await page.refetch()
    server.first('list').process(replica).deliver()
    await turn()
    expect(page.texts()).toEqual(['post 3', 'post 1'])
  }
  await page.refetch()
  await page.deliver('list')
  expect(page.texts()).toEqual(['post 3', 'post 1'])
})

test('a replica may forget and remember a delete again, for a minute', async () => {
  await open(3)
  const replica = server.posts
  await page.remove(page.rows()[1])
  await page.deliver('delete')
  await page.refetch()
  await page.deliver('list')
  page.clock.now += 30_000
  await page.refetch()
  server.first('list').process(replica).deliver()
  await turn()
  expect(page.texts()).toEqual(['post 3', 'post 1'])
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

test('a post pushed below what is loaded leaves, and comes back with its page', async () => {
  await open(1)
  await page.post('mine')
  await page.deliver('create')
  await page.refetch()
  await page.deliver('list')
  for (const text of ['a', 'b', 'c']) server.add(text)
  page.queryClient.resetQueries()
  await turn()
  await page.deliver('list')
  expect(page.texts()).toEqual(['c', 'b', 'a'])
  void page.observer.fetchNextPage()
  await turn()
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
  void page.observer.fetchNextPage()
  await turn()
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

test('an operation shows in every list of the feed and leaves when all of them know it', async () => {
  await open(4)
  const long = new InfiniteQueryObserver(page.queryClient, page.venuekit.queries.feed(feedId, { limit: 10 }))
  const stop = long.subscribe(() => {})
  await turn()
  await page.deliver('list')
  await page.post('mine')
  const texts = () => long.getCurrentResult().data?.pages.flatMap(each => each.items.map(post => post.text))
  expect(texts()).toEqual(['mine', 'post 4', 'post 3', 'post 2', 'post 1'])
  await page.deliver('create')
  await page.refetch()
  await page.deliver('list')
  expect(texts()).toEqual(['mine', 'post 4', 'post 3', 'post 2', 'post 1'])
  stop()
})

test("a host's own structural sharing and select change nothing for the others", async () => {
  server = new ScriptedFeed(4)
  page = openFeed(server)
  const host = new InfiniteQueryObserver(page.queryClient, {
    ...page.venuekit.queries.feed(feedId),
    structuralSharing: (_before: unknown, data: unknown) => structuredClone(data),
    select: data => data.pages.flatMap(each => each.items.map(post => post.text)),
  })
  const stop = host.subscribe(() => {})
  await page.loaded()
  const others = page.rows()
  await page.post('mine')
  expect(host.getCurrentResult().data).toEqual(['mine', 'post 4', 'post 3', 'post 2'])
  server.first('create').fail('forbidden', 403)
  await turn()
  expect(page.rows()).toEqual(others)
  await page.refetch()
  await page.deliver('list')
  expect(page.rows().every((row, at) => row === others[at])).toBe(true)
  stop()
})

test('what a host writes to the cache is not taken for what the server said', async () => {
  await open(3)
  await page.post('mine')
  const { queryKey } = page.venuekit.queries.feed(feedId)
  page.queryClient.setQueryData(queryKey, { pages: [{ items: [], nextCursor: null }], pageParams: [null] })
  expect(page.texts()).toEqual(['(mine)', 'post 3', 'post 2', 'post 1'])
  page.queryClient.setQueryData(queryKey, { pages: 'garbage', pageParams: null } as never)
  server.first('create').fail('forbidden', 403)
  await turn()
  expect(page.texts()).toEqual(['post 3', 'post 2', 'post 1'])
})

test('a host that insists on its own data does not start a loop', async () => {
  await open(3)
  const query = page.queryClient.getQueryCache().find({ queryKey: page.venuekit.queries.feed(feedId).queryKey })
  const own = { pages: [], pageParams: [] }
  const stop = page.queryClient.getQueryCache().subscribe(() => {
    if (query && query.state.data !== own) query.setState({ data: own })
  })
  await page.post('mine')
  stop()
  page.queryClient.setQueryData(page.venuekit.queries.feed(feedId).queryKey, { pages: [], pageParams: [] })
  expect(page.texts()[0]).toBe('(mine)')
})

test('another viewer sees nothing of the old one, and nothing of theirs is sent any more', async () => {
  await open(2)
  const first = await page.post('sent by ada')
  const second = await page.post('not sent by ada')
  const old = page.venuekit.keys.all()
  page.venuekit.setViewer({ id: 'bob', name: 'Bob' })
  expect(page.queryClient.getQueryCache().findAll({ queryKey: old })).toEqual([])
  await turn()
  expect(await first.posted).toMatchObject({ code: 'aborted' })
  expect(await second.posted).toMatchObject({ code: 'aborted' })
  expect(server.waits('create')).toBe(false)
  page.observer.setOptions(page.venuekit.queries.feed(feedId))
  await turn()
  await page.deliver('list')
  expect(page.texts()).toEqual(['post 2', 'post 1'])
  await page.post('by bob')
  expect(page.rows()[0]?.author).toEqual({ id: 'bob', name: 'Bob', avatarUrl: null })
  expect(server.seen.filter(method => method === 'POST')).toHaveLength(2)
})

test('deleting what was never sent sends nothing', async () => {
  await open(1)
  await page.post('first')
  const second = await page.post('second')
  await page.remove(page.rows()[0])
  expect(page.texts()).toEqual(['(first)', 'post 1'])
  expect(await second.posted).toMatchObject({ code: 'aborted' })
  await page.deliver('create')
  expect(server.seen.filter(method => method !== 'GET')).toEqual(['POST'])
  expect(page.texts()).toEqual(['first', 'post 1'])
})

test('deleting what is on its way waits for the answer and then deletes', async () => {
  await open(1)
  await page.post('mine')
  const { removed } = await page.remove(page.rows()[0])
  expect(page.texts()).toEqual(['post 1'])
  expect(server.waits('delete')).toBe(false)
  await page.deliver('create')
  expect(page.texts()).toEqual(['post 1'])
  await page.deliver('delete')
  expect(await removed).toBeUndefined()
  expect(server.posts.map(post => post.text)).toEqual(['post 1'])
  expect(page.texts()).toEqual(['post 1'])
})

test('a post deleted on its way that fails can be tried again', async () => {
  await open(1)
  await page.post('mine', idOf(79))
  const { removed } = await page.remove(page.rows()[0])
  server.first('create').fail('forbidden', 403)
  await turn()
  expect(await removed).toBeUndefined()
  expect(server.waits('delete')).toBe(false)
  await page.post('mine', idOf(79))
  await page.deliver('create')
  await page.refetch()
  await page.deliver('list')
  expect(page.texts()).toEqual(['mine', 'post 1'])
})

test('a delete that is refused puts the row back where it was', async () => {
  await open(3)
  const rows = page.rows()
  const { removed } = await page.remove(rows[1])
  server.first('delete').fail('forbidden', 403)
  await turn()
  expect(await removed).toMatchObject({ code: 'forbidden' })
  expect(page.rows()).toEqual(rows)
  expect(page.rows().every((row, at) => row === rows[at])).toBe(true)
})

test('a post that somebody else deleted before is deleted', async () => {
  await open(2)
  const { removed } = await page.remove(page.rows()[0])
  server.first('delete').fail('not_found', 404)
  await turn()
  expect(await removed).toBeUndefined()
  expect(page.texts()).toEqual(['post 1'])
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
  const gapOf = () => page.observer.getCurrentResult().data?.pages[0]?.gaps?.[0]
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
  const gaps = () => page.observer.getCurrentResult().data?.pages[0]?.gaps ?? []
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
  void page.observer.fetchNextPage()
  await turn()
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
  expect(page.observer.getCurrentResult().data?.pages[0]?.gaps).toHaveLength(1)
})

test('a fetch that is cancelled leaves the list as it was', async () => {
  await open(4)
  await page.post('mine')
  await page.refetch()
  await page.queryClient.cancelQueries({ queryKey: page.venuekit.keys.feed(feedId) })
  expect(page.texts()).toEqual(['(mine)', 'post 4', 'post 3', 'post 2'])
})

test('with 10,000 posts in the cache a post touches one page', async () => {
  server = new ScriptedFeed(10_000)
  page = openFeed(server)
  const long = new InfiniteQueryObserver(page.queryClient, page.venuekit.queries.feed(feedId, { limit: 1000 }))
  const stop = long.subscribe(() => {})
  await turn()
  for (const held of [...server.held]) held.deliver()
  await turn()
  for (let count = 1; count < 10; count++) {
    void long.fetchNextPage()
    await turn()
    await page.deliver('list')
  }
  const before = long.getCurrentResult().data?.pages ?? []
  expect(before).toHaveLength(10)
  await page.post('mine')
  const after = long.getCurrentResult().data?.pages ?? []
  expect(after.filter((each, at) => each !== before[at])).toHaveLength(1)
  stop()
})
