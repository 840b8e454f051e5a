import { InfiniteQueryObserver } from '@tanstack/query-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { FeedPost } from '../../packages/core/src/index.ts'
import { databaseNames, type Keystone, openKeystone } from './openKeystone.ts'

describe.each(databaseNames)('on %s', database => {
  let keystone: Keystone
  const opened: (() => void)[] = []

  beforeAll(async () => {
    keystone = await openKeystone(database)
  })
  afterEach(() => {
    for (const close of opened.splice(0)) close()
  })
  afterAll(() => keystone.close())

  /** A fresh feed with posts of Bob's. */
  const createFeed = async (...texts: string[]): Promise<string> => {
    const feedId = crypto.randomUUID()
    const { database, venue } = keystone.server
    await database.call('feed.create_feed', { feed_id: feedId, venue_id: venue.venueId, name: 'A feed' })
    const bob = keystone.openPage('bob')
    for (const text of texts) await bob.operations.createPost(feedId, { text })
    bob.close()
    return feedId
  }

  /** A page on which that viewer reads the feed, two posts at a time. */
  const openFeed = async (feedId: string, name: string | null = 'ada') => {
    const page = keystone.openPage(name)
    const observer = new InfiniteQueryObserver(page.queryClient, page.queries.feed(feedId, { limit: 2 }))
    const stop = observer.subscribe(() => {})
    opened.push(() => {
      stop()
      page.close()
    })
    await observer.refetch({ cancelRefetch: false })
    const rows = (): FeedPost[] => observer.getCurrentResult().data?.pages.flatMap(each => [...each.items]) ?? []
    return { page, observer, rows, texts: () => rows().map(row => (row.pending ? `(${row.text})` : row.text)) }
  }

  test('a post shows before the server knows of it, and costs one request', async () => {
    const feedId = await createFeed('first', 'second')
    const { page, rows, texts } = await openFeed(feedId)
    const others = rows()
    keystone.requests.length = 0
    const posted = page.operations.createPost(feedId, { text: '  Hello <b>there</b>  ' })
    expect(texts()).toEqual(['(Hello <b>there</b>)', 'second', 'first'])
    const post = await posted
    expect(texts()).toEqual(['Hello <b>there</b>', 'second', 'first'])
    expect(post).toMatchObject({ author: { id: 'ada', name: 'ada' }, canDelete: true })
    expect(
      rows()
        .slice(1)
        .every((row, at) => row === others[at]),
    ).toBe(true)
    expect(keystone.requests).toEqual([`POST /v1/feeds/${feedId}/posts`])
  })

  test('pages follow each other, and a refetch of all of them lists the head alone', async () => {
    const feedId = await createFeed('1', '2', '3', '4', '5')
    const { observer, texts } = await openFeed(feedId)
    await observer.fetchNextPage()
    await observer.fetchNextPage()
    expect(texts()).toEqual(['5', '4', '3', '2', '1'])
    expect(observer.getCurrentResult().hasNextPage).toBe(false)
    const bob = keystone.openPage('bob')
    await bob.operations.createPost(feedId, { text: '6' })
    bob.close()
    keystone.requests.length = 0
    await observer.refetch()
    expect(keystone.requests).toEqual([`GET /v1/feeds/${feedId}/posts`])
    expect(texts()).toEqual(['6', '5', '4', '3', '2', '1'])
  })

  test('news beyond a page leave a gap that the real cursor fills', async () => {
    const feedId = await createFeed('1', '2', '3')
    const { page, observer, texts } = await openFeed(feedId)
    const bob = keystone.openPage('bob')
    for (const text of ['4', '5', '6', '7']) await bob.operations.createPost(feedId, { text })
    bob.close()
    await observer.refetch()
    const gapOf = () => observer.getCurrentResult().data?.pages[0]?.gaps?.[0]
    expect(texts()).toEqual(['7', '6', '3', '2'])
    for (let gap = gapOf(); gap; gap = gapOf()) await page.operations.loadGap(feedId, gap, { limit: 2 })
    expect(texts()).toEqual(['7', '6', '5', '4', '3', '2'])
  })

  test('a post is deleted by its author, and by nobody else', async () => {
    const feedId = await createFeed('by bob')
    const { page, rows, texts } = await openFeed(feedId)
    const mine = await page.operations.createPost(feedId, { text: 'mine' })
    const removed = page.operations.deletePost(mine)
    expect(texts()).toEqual(['by bob'])
    await removed
    const [theirs] = rows()
    if (!theirs) throw new Error('no row')
    expect(theirs.canDelete).toBe(false)
    await expect(page.operations.deletePost(theirs)).rejects.toMatchObject({ code: 'forbidden' })
    expect(texts()).toEqual(['by bob'])
    const reader = await openFeed(feedId, null)
    expect(reader.texts()).toEqual(['by bob'])
  })

  test('deleting a post on its way deletes it at the server too', async () => {
    const feedId = await createFeed()
    const { page, rows, texts } = await openFeed(feedId)
    const posted = page.operations.createPost(feedId, { text: 'a slip' })
    const [pending] = rows()
    if (!pending) throw new Error('no row')
    await page.operations.deletePost(pending)
    await posted
    expect(texts()).toEqual([])
    expect((await openFeed(feedId, null)).texts()).toEqual([])
  })

  test('the same post sent again is one post, another text under its id is refused and leaves no row', async () => {
    const feedId = await createFeed()
    const { page, texts } = await openFeed(feedId)
    const clientId = crypto.randomUUID()
    const first = await page.operations.createPost(feedId, { text: 'once', clientId })
    const second = await page.operations.createPost(feedId, { text: 'once', clientId })
    expect(second.id).toBe(first.id)
    await expect(page.operations.createPost(feedId, { text: 'twice', clientId })).rejects.toMatchObject({
      code: 'idempotency_conflict',
    })
    expect(texts()).toEqual(['once'])
  })

  test('who is not signed in reads but does not post', async () => {
    const feedId = await createFeed('open to all')
    const { page, texts } = await openFeed(feedId, null)
    await expect(page.operations.createPost(feedId, { text: 'hello' })).rejects.toMatchObject({ code: 'unauthorized' })
    expect(texts()).toEqual(['open to all'])
  })

  test('a feed that is none, and a post that is none, say so', async () => {
    const { client } = keystone.openPage('ada')
    const feedId = crypto.randomUUID()
    await expect(client.listPosts({ params: { feedId } })).rejects.toMatchObject({ code: 'not_found', status: 404 })
    await expect(client.listPosts({ params: { feedId: 'garbage' } })).rejects.toMatchObject({ code: 'invalid_request' })
    await expect(
      client.createPost({ params: { feedId: keystone.feedId }, body: { clientId: crypto.randomUUID(), text: ' ' } }),
    ).rejects.toMatchObject({ code: 'invalid_request' })
  })
})
