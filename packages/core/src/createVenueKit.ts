import { QueryClient } from '@tanstack/query-core'
import type { VenueKitClient } from './client/VenueKitClient.ts'
import { createSession, type Operations, type Session, type SessionOptions } from './createSession.ts'
import { createKeys, type Keys } from './keys.ts'
import { createMutations, type Mutations } from './mutations.ts'
import { createOperations } from './operations/createOperations.ts'
import { FeedCache } from './operations/FeedCache.ts'
import { createQueries, type Queries } from './queries.ts'
import type { Viewer } from './Viewer.ts'

export interface VenueKitOptions extends SessionOptions {
  /** The page's own, such as React Query's; one is made where it is missing. One VenueKit for each, please. */
  queryClient?: QueryClient | undefined
}

export interface VenueKit {
  readonly client: VenueKitClient
  readonly queryClient: QueryClient
  readonly keys: Keys
  readonly queries: Queries
  readonly mutations: Mutations
  readonly operations: Operations
  /** What it shares with widgets: `element.client = venuekit` shows the same posts as the page's own screens. */
  readonly session: Session
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
  const { publishableKey } = options
  const session = createSession({ createOperations, ...options })
  const { client, operations } = session
  const queryClient = options.queryClient ?? new QueryClient()
  if (!options.queryClient) queryClient.mount()
  const keys = createKeys(() => ({ publishableKey, viewerId: session.viewer?.id ?? null }))
  let held = holdCache(queryClient, session, keys)
  const stop = session.subscribe(() => {
    held.release()
    held = holdCache(queryClient, session, keys)
  })

  return {
    client,
    queryClient,
    keys,
    queries: createQueries({ client, keys, session }),
    mutations: createMutations({ client, queryClient, keys, operations }),
    operations,
    session,
    get viewer() {
      return session.viewer
    },
    setViewer: viewer => session.setViewer(viewer),
    close: () => {
      stop()
      session.close()
      held.release()
      if (!options.queryClient) queryClient.unmount()
    },
  }
}

/** Keeps the query cache at what the present viewer is shown; `release` takes all of it out. */
const holdCache = (queryClient: QueryClient, session: Session, keys: Keys) => {
  const cache = new FeedCache(queryClient, session.feeds.lists)
  const queryKey = keys.all()
  const stop = session.feeds.onReset(() => void queryClient.invalidateQueries({ queryKey: keys.feeds() }))
  return {
    release: () => {
      stop()
      cache.close()
      queryClient.removeQueries({ queryKey })
    },
  }
}
