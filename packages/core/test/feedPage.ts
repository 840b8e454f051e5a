import { InfiniteQueryObserver, QueryClient } from '@tanstack/query-core'
import { createVenueKit, type VenueKitOptions } from '../src/createVenueKit.ts'
import type { FeedPost } from '../src/operations/FeedPage.ts'
import { feedId, type HeldRequest, type ScriptedFeed } from './ScriptedFeed.ts'

/** A task, far quicker than a timer's. */
const task = (): Promise<void> =>
  new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })

/** Lets everything happen that waits for nothing but its turn. */
export const turn = async (): Promise<void> => {
  for (let count = 0; count < 6; count++) await task()
}

/** A page that shows the feed: a VenueKit on the scripted server, a clock to wind, and what is on the screen. */
export const openFeed = (server: ScriptedFeed, options: Partial<VenueKitOptions> = {}) => {
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
  const observer = new InfiniteQueryObserver(queryClient, venuekit.queries.feed(feedId))
  const stop = observer.subscribe(() => {})

  const rows = (): FeedPost[] => observer.getCurrentResult().data?.pages.flatMap(page => [...page.items]) ?? []
  const deliver = async (kind: HeldRequest['kind']) => {
    server.first(kind).deliver()
    await turn()
  }
  return {
    venuekit,
    queryClient,
    observer,
    clock,
    rows,
    deliver,
    texts: () => rows().map(post => (post.pending ? `(${post.text})` : post.text)),
    /** Opens with that many pages loaded. */
    loaded: async (pages = 1) => {
      await turn()
      await deliver('list')
      for (let page = 1; page < pages; page++) {
        void observer.fetchNextPage()
        await turn()
        await deliver('list')
      }
    },
    refetch: async () => {
      void observer.refetch()
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
      stop()
      venuekit.close()
    },
  }
}
