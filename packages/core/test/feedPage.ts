import { InfiniteQueryObserver, QueryClient } from '@tanstack/query-core'
import { createVenueKit, type VenueKit, type VenueKitOptions } from '../src/createVenueKit.ts'
import type { FeedData } from '../src/operations/FeedList.ts'
import type { FeedPost } from '../src/operations/FeedPage.ts'
import { feedId, type HeldRequest, type ScriptedFeed } from './ScriptedFeed.ts'
import { turn } from './turn.ts'

export { turn } from './turn.ts'

/** How a page may read a feed: through a query cache, or without one. */
export const ways = ['by query', 'by reader'] as const
export type Way = (typeof ways)[number] | 'by both'

/** What a test does with a feed on the screen, whichever way it is read. */
interface Screen {
  data(): FeedData | null
  hasMore(): boolean
  refetch(): Promise<unknown>
  loadMore(): Promise<unknown>
  /** Forgets the list and reads it from the start. */
  restart(): void
  /** Reads as the present viewer, where another one was there before. */
  follow(): void
  stop(): void
}

const screens: { readonly [Name in Way]: (venuekit: VenueKit) => Screen } = {
  /** A page's own screen and a widget beside it: they take turns, and must agree. */
  'by both': venuekit => {
    const one = screens['by query'](venuekit)
    const other = screens['by reader'](venuekit)
    let turns = 0
    const next = () => (++turns % 2 ? other : one)
    return {
      data: () => {
        const [queried, read] = [one.data(), other.data()]
        if (queried && read !== queried) throw new Error('The query and the reader disagree.')
        return read
      },
      hasMore: () => one.hasMore() && other.hasMore(),
      refetch: () => next().refetch(),
      loadMore: () => next().loadMore(),
      restart: () => [one, other].forEach(each => void each.restart()),
      follow: () => [one, other].forEach(each => void each.follow()),
      stop: () => [one, other].forEach(each => void each.stop()),
    }
  },

  'by query': venuekit => {
    const observer = new InfiniteQueryObserver(venuekit.queryClient, venuekit.queries.feed(feedId))
    const result = () => observer.getCurrentResult()
    return {
      data: () => (result().data as FeedData | undefined) ?? null,
      hasMore: () => result().hasNextPage,
      refetch: () => observer.refetch(),
      loadMore: () => observer.fetchNextPage(),
      restart: () => void venuekit.queryClient.resetQueries(),
      follow: () => observer.setOptions(venuekit.queries.feed(feedId)),
      stop: observer.subscribe(() => {}),
    }
  },
  'by reader': venuekit => {
    let reader = venuekit.session.feed(feedId)
    let stop = reader.subscribe(() => {})
    const follow = () => {
      stop()
      reader = venuekit.session.feed(feedId)
      stop = reader.subscribe(() => {})
    }
    return {
      data: () => reader.snapshot.data,
      hasMore: () => reader.snapshot.more !== 'none',
      refetch: () => reader.refresh(),
      loadMore: () => reader.loadMore(),
      restart: () => {
        stop()
        venuekit.session.feeds.lists.release(JSON.stringify(venuekit.keys.feedList(feedId)), reader)
        follow()
      },
      follow,
      stop: () => stop(),
    }
  },
}

/** A page that shows the feed: a VenueKit on the scripted server, a clock to wind, and what is on the screen. */
export const openFeed = (server: ScriptedFeed, options: Partial<VenueKitOptions> = {}, way: Way = 'by query') => {
  const clock = { now: Date.UTC(2026, 10, 23) }
  const queryClient = options.queryClient ?? new QueryClient()
  const venuekit = createVenueKit({
    apiUrl: 'https://api.example',
    publishableKey: 'vk_pub_demo',
    viewer: { id: 'ada', name: 'Ada' },
    getToken: () => 'token',
    fetch: server.fetch,
    now: () => clock.now,
    ...options,
    queryClient,
  })
  const screen = screens[way](venuekit)

  const rows = (): FeedPost[] => screen.data()?.pages.flatMap(page => [...page.items]) ?? []
  const deliver = async (kind: HeldRequest['kind']) => {
    server.first(kind).deliver()
    await turn()
  }
  const loadMore = async () => {
    void screen.loadMore()
    await turn()
  }
  return {
    venuekit,
    queryClient,
    screen,
    clock,
    rows,
    deliver,
    texts: () => rows().map(post => (post.pending ? `(${post.text})` : post.text)),
    /** Opens with that many pages loaded. */
    loaded: async (pages = 1) => {
      await turn()
      await deliver('list')
      for (let page = 1; page < pages; page++) {
        await loadMore()
        await deliver('list')
      }
    },
    /** Asks for the next page. */
    loadMore,
    gaps: () => screen.data()?.pages[0]?.gaps ?? [],
    refetch: async () => {
      void screen.refetch()
      await turn()
    },
    post: async (text: string, clientId?: string) => {
      const posted = venuekit.operations
        .createPost(feedId, clientId === undefined ? { text } : { text, clientId })
        .catch((error: unknown) => error)
      await turn()
      return { posted }
    },
    remove: async (post: FeedPost | undefined) => {
      if (!post) throw new Error('no such row')
      const removed = venuekit.operations.deletePost(post).catch((error: unknown) => error)
      await turn()
      return { removed }
    },
    close: () => {
      screen.stop()
      venuekit.close()
    },
  }
}
