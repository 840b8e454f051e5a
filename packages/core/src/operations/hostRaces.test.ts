import { InfiniteQueryObserver } from '@tanstack/query-core'
import { afterEach, expect, test } from 'vitest'
import { openFeed, turn } from '../../test/feedPage.ts'
import { feedId, ScriptedFeed } from '../../test/ScriptedFeed.ts'

let server: ScriptedFeed
let page: ReturnType<typeof openFeed>

/** Three to a page: with four posts there are two pages. */
const open = async (posts: number, pages = 1) => {
  server = new ScriptedFeed(posts)
  page = openFeed(server)
  await page.loaded(pages)
}

afterEach(() => page.close())

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

test("a reaction shows through a host's own structural sharing, select and writes, and goes when it is refused", async () => {
  server = new ScriptedFeed(2)
  page = openFeed(server)
  const options = page.venuekit.queries.feed(feedId)
  const host = new InfiniteQueryObserver(page.queryClient, {
    ...options,
    structuralSharing: (_before: unknown, data: unknown) => structuredClone(data),
    select: data => data.pages.flatMap(each => each.items.map(post => post.reactions.count)),
  })
  const stop = host.subscribe(() => {})
  await page.loaded()
  const others = page.rows()
  const [, second] = others
  if (!second) throw new Error('no row')
  const done = page.venuekit.operations.setReaction(second, true).catch((error: unknown) => error)
  expect(host.getCurrentResult().data).toEqual([0, 1])
  page.queryClient.setQueryData(options.queryKey, { pages: [], pageParams: [] })
  expect(page.rows()[1]?.reactions).toEqual({ count: 1, mine: true })
  expect(page.rows()[0]).toBe(others[0])
  await turn()
  server.first('react').fail('forbidden', 403)
  expect(await done).toMatchObject({ code: 'forbidden' })
  expect(page.rows().every((row, at) => row === others[at])).toBe(true)
  stop()
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
