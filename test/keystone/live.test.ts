import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { VenueKit } from '../../packages/core/src/index.ts'
import type { LiveSurroundings } from '../../packages/core/src/live/LiveSurroundings.ts'
import { LiveUpdates } from '../../packages/core/src/live/LiveUpdates.ts'
import { databaseNames, type Keystone, openKeystone } from './openKeystone.ts'

/** A tab's page: shown or hidden. Node has locks and channels of its own. */
class TestPage implements LiveSurroundings {
  readonly locks = globalThis.navigator.locks
  readonly #listeners = new Set<() => void>()
  #isVisible = true

  openChannel = (name: string) => new BroadcastChannel(name)
  isVisible = () => this.#isVisible
  watchVisible = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get listeners(): number {
    return this.#listeners.size
  }

  show(isVisible: boolean): void {
    this.#isVisible = isVisible
    for (const listener of [...this.#listeners]) listener()
  }
}

describe.each(databaseNames)('on %s', database => {
  let keystone: Keystone
  let bob: VenueKit
  const opened: (() => void)[] = []

  beforeAll(async () => {
    keystone = await openKeystone(database)
    bob = keystone.openPage('bob')
  })
  afterEach(() => {
    for (const close of opened.splice(0)) close()
  })
  afterAll(async () => {
    bob?.close()
    await keystone?.close()
  })

  const createFeed = async (): Promise<string> => {
    const feedId = crypto.randomUUID()
    const { database, venue } = keystone.server
    await database.call('feed.create_feed', { feed_id: feedId, venue_id: venue.venueId, name: 'A feed' })
    return feedId
  }

  /** A tab on which that viewer reads the feed, with live updates. */
  const openTab = async (feedId: string, name = 'ada') => {
    const kit = keystone.openPage(name)
    const reader = kit.session.feed(feedId)
    const unsubscribe = reader.subscribe(() => {})
    await vi.waitFor(() => expect(reader.snapshot.data).not.toBeNull(), 20_000)
    const page = new TestPage()
    const live = new LiveUpdates({
      client: kit.client,
      apiUrl: 'http://kit.test',
      publishableKey: keystone.server.venue.key,
      feeds: () => kit.session.feeds,
      surroundings: page,
    })
    const stop = live.feed(feedId)
    const close = () => {
      stop()
      unsubscribe()
      kit.close()
    }
    opened.push(close)
    const texts = () => reader.snapshot.data?.pages.flatMap(({ items }) => items.map(({ text }) => text)) ?? []
    return { kit, live, page, texts, stop, close }
  }

  const streams = () => keystone.requests.filter(request => request === 'GET /v1/live').length
  /** Sooner than anything is polled for. */
  const soon = 11_000
  const shows = (tab: { texts(): string[] }, ...texts: string[]) =>
    vi.waitFor(() => expect(tab.texts()).toEqual(texts), soon)

  test('what others post shows without a request, and what they posted just before the stream opened', async () => {
    const feedId = await createFeed()
    const tab = await openTab(feedId)
    await bob.operations.createPost(feedId, { text: 'before' })
    await shows(tab, 'before')
    keystone.requests.length = 0
    const post = await bob.operations.createPost(feedId, { text: 'after' })
    await shows(tab, 'after', 'before')
    await bob.operations.deletePost(post)
    await shows(tab, 'before')
    expect(keystone.requests.filter(request => request.startsWith('GET'))).toEqual([])
  })

  test('the echo of one’s own post leaves one row, and costs no request', async () => {
    const feedId = await createFeed()
    const tab = await openTab(feedId)
    await vi.waitFor(() => expect(streams()).toBeGreaterThan(0), 20_000)
    await bob.operations.createPost(feedId, { text: 'first' })
    await shows(tab, 'first')
    keystone.requests.length = 0
    await tab.kit.operations.createPost(feedId, { text: 'mine' })
    await bob.operations.createPost(feedId, { text: 'last' })
    await shows(tab, 'last', 'mine', 'first')
    expect(keystone.requests.filter(request => request.startsWith('GET'))).toEqual([])
  })

  test('two tabs, of two viewers, share one stream; when the one that reads is hidden the other takes over', async () => {
    const feedId = await createFeed()
    keystone.requests.length = 0
    const first = await openTab(feedId, 'ada')
    const second = await openTab(feedId, 'eve')
    await bob.operations.createPost(feedId, { text: 'one' })
    await Promise.all([shows(first, 'one'), shows(second, 'one')])
    const before = streams()
    first.page.show(false)
    await vi.waitFor(() => expect(streams()).toBe(before + 1), 20_000)
    await bob.operations.createPost(feedId, { text: 'two' })
    await shows(second, 'two', 'one')
    expect(first.texts()).toEqual(['one'])
    second.page.show(false)
    first.page.show(true)
    await shows(first, 'two', 'one')
  })

  test('an event is told once it is known and when places go', async () => {
    const event = await keystone.server.createEvent()
    const tab = await openTab(await createFeed())
    const told: (number | null)[] = []
    const stop = tab.live.event(event.id, ({ tiers }) => void told.push(tiers[0]?.available ?? null))
    await vi.waitFor(() => expect(told.length).toBeGreaterThan(0), soon)
    await bob.client.createOrder({
      body: {
        eventId: event.id,
        items: [{ tierId: event.tiers[0]?.id ?? '', quantity: 3 }],
        buyer: { name: 'Bob', email: 'bob@example.com' },
        returnUrl: `${keystone.server.venue.origin}/`,
      },
    })
    await vi.waitFor(() => expect(told.at(-1)).toBe((told[0] ?? 0) - 3), soon)
    expect(told).toHaveLength(2)
    stop()
  })

  test('who stops leaves nothing behind', async () => {
    const tab = await openTab(await createFeed())
    await vi.waitFor(() => expect(tab.page.listeners).toBe(1), 20_000)
    tab.close()
    expect(tab.page.listeners).toBe(0)
    await vi.waitFor(async () => expect((await navigator.locks.query()).held).toEqual([]), 20_000)
  })
})
