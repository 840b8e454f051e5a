import type { VenueKitClient } from './client/VenueKitClient.ts'
import type { Upload } from './contracts/feed.ts'
import type { Session } from './createSession.ts'
import { type Keys, keyText, type ListRequest } from './keys.ts'
import type { FeedData } from './operations/FeedList.ts'
import type { FeedPage } from './operations/FeedPage.ts'
import { freshForMs } from './operations/FeedReader.ts'
import { listPage } from './operations/listPage.ts'

interface Surroundings {
  client: VenueKitClient
  keys: Keys
  session: Pick<Session, 'feeds'>
}

interface PageContext {
  signal: AbortSignal
  pageParam: string | null
}

/** The client has tried again where it made sense: a cache that does so too would multiply the attempts. */
const retry = false

const paged = {
  initialPageParam: null as string | null,
  getNextPageParam: (last: { nextCursor: string | null }): string | null => last.nextCursor,
}

/**
 * Option objects for query-core and its adapters: `useQuery(venuekit.queries.event(eventId))`,
 * `useInfiniteQuery(venuekit.queries.feed(feedId))`. Functions throw `VenueKitError`.
 */
export const createQueries = ({ client, keys, session }: Surroundings) => ({
  /** The venue's coming events, soonest first. An infinite query. */
  events: (request: ListRequest = {}) => ({
    queryKey: keys.eventList(request),
    queryFn: ({ signal, pageParam }: PageContext) =>
      client.listEvents({ query: { ...request, ...cursorOf(pageParam) } }, { signal }),
    ...paged,
    staleTime: 30_000,
    retry,
  }),

  /** One event with its tiers; `available` is advice and ages quickly. */
  event: (eventId: string) => ({
    queryKey: keys.event(eventId),
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      (await client.getEvent({ params: { eventId } }, { signal })).event,
    staleTime: 10_000,
    retry,
  }),

  /** One order, by its token. */
  order: ({ orderId, orderToken }: { orderId: string; orderToken: string }) => ({
    queryKey: keys.order(orderId),
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      (await client.getOrder({ params: { orderId } }, { signal, orderToken })).order,
    retry,
  }),

  /**
   * A feed, newest first, with this viewer's own operations in it. An infinite query: refetching it lists the head
   * alone, however many pages are loaded.
   */
  feed: (feedId: string, request: ListRequest = {}) => {
    const queryKey = keys.feedList(feedId, request)
    const key = keyText(queryKey) ?? ''
    const { lists } = session.feeds
    return {
      queryKey,
      queryFn: ({ signal, pageParam }: PageContext): Promise<FeedPage> => {
        const list = listPage(client, feedId, request, signal)
        return lists.load(key, feedId, pageParam, list, signal)
      },
      ...paged,
      structuralSharing: (_before: unknown, data: unknown): unknown => lists.data(key) ?? (data as FeedData),
      staleTime: freshForMs,
      retry,
    }
  },

  /** What the feed offers and allows: features, limits, and what the viewer may do. */
  feedInfo: (feedId: string) => ({
    queryKey: keys.feedInfo(feedId),
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      (await client.getFeed({ params: { feedId } }, { signal })).feed,
    staleTime: freshForMs,
    retry,
  }),

  /** How far an upload is; asks again while the server works on it. */
  upload: (uploadId: string) => ({
    queryKey: keys.upload(uploadId),
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      (await client.getUpload({ params: { uploadId } }, { signal })).upload,
    refetchInterval: ({ state }: { state: { data?: Upload | undefined } }) =>
      state.data?.status === 'processing' ? 2_000 : (false as const),
    retry,
  }),
})

export type Queries = ReturnType<typeof createQueries>

const cursorOf = (cursor: string | null) => (cursor === null ? {} : { cursor })
