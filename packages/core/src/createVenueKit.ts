import { QueryClient } from '@tanstack/query-core'
import { type ClientOptions, createClient } from './client/createClient.ts'
import type { VenueKitClient } from './client/VenueKitClient.ts'
import type { Post } from './contracts/feed.ts'
import { createKeys, type Keys, keyText, type ListRequest } from './keys.ts'
import { createMutations, type Mutations } from './mutations.ts'
import type { PostDraft, PostToDelete } from './operations/FeedOperations.ts'
import type { FeedGap } from './operations/FeedPage.ts'
import { createQueries, listPage, type Queries } from './queries.ts'
import { Session } from './Session.ts'
import type { Viewer } from './Viewer.ts'

export interface VenueKitOptions extends ClientOptions {
  viewer?: Viewer | null | undefined
  /** The page's own, such as React Query's; one is made where it is missing. One VenueKit for each, please. */
  queryClient?: QueryClient | undefined
  /** Used instead of one made from the other options. */
  client?: VenueKitClient | undefined
  /** A clock in ms, for tests. */
  now?: (() => number) | undefined
}

/** Things one can do to a feed. They show in every list of it at once, and are sent in order. */
export interface Operations {
  /** Resolves with the server's post; rejects with `VenueKitError` after the row has gone. */
  createPost(feedId: string, draft: PostDraft): Promise<Post>
  deletePost(post: PostToDelete): Promise<void>
  /** Lists the posts that a gap row stands for. */
  loadGap(feedId: string, gap: FeedGap, request?: ListRequest): Promise<void>
}

export interface VenueKit {
  readonly client: VenueKitClient
  readonly queryClient: QueryClient
  readonly keys: Keys
  readonly queries: Queries
  readonly mutations: Mutations
  readonly operations: Operations
  readonly viewer: Viewer | null
  /**
   * Another viewer, or none: the old one's cached answers go, operations under way end with `aborted`. Keys and
   * options change with it, so make them anew.
   */
  setViewer(viewer: Viewer | null): void
  /** Ends requests and lets go of the query client. */
  close(): void
}

/**
 * The client, with keys, query and mutation options, and the operation log, for a page that builds its own screens.
 * @example
 * const venuekit = createVenueKit({ apiUrl, publishableKey, queryClient, viewer, getToken })
 * const feed = useInfiniteQuery(venuekit.queries.feed(feedId))
 */
export const createVenueKit = (options: VenueKitOptions): VenueKit => {
  const { publishableKey, now } = options
  const client = options.client ?? createClient(options)
  const queryClient = options.queryClient ?? new QueryClient()
  if (!options.queryClient) queryClient.mount()
  const begin = (viewer: Viewer | null) => new Session({ client, queryClient, viewer, now })
  let session = begin(options.viewer ?? null)
  const current = () => session
  const keys = createKeys(() => ({ publishableKey, viewerId: session.viewer?.id ?? null }))

  return {
    client,
    queryClient,
    keys,
    queries: createQueries({ client, keys, session: current }),
    mutations: createMutations({ client, queryClient, keys, session: current }),
    operations: {
      createPost: (feedId, draft) => session.operations.createPost(feedId, draft),
      deletePost: post => session.operations.deletePost(post),
      loadGap: async (feedId, gap, request = {}) => {
        const { lists, cache } = session
        const key = keyText(keys.feedList(feedId, request)) ?? ''
        await lists.loadGap(key, gap, listPage(client, feedId, request))
        cache.write(key)
      },
    },
    get viewer() {
      return session.viewer
    },
    setViewer: viewer => {
      if (viewer?.id === session.viewer?.id) return
      session.close()
      queryClient.removeQueries({ queryKey: keys.all() })
      session = begin(viewer)
    },
    close: () => {
      session.close()
      queryClient.removeQueries({ queryKey: keys.all() })
      if (!options.queryClient) queryClient.unmount()
    },
  }
}
