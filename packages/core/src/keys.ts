/** What every key begins with. */
const prefix = 'venuekit'

export interface KeyScope {
  publishableKey: string
  /** Null where nobody is signed in: answers differ by viewer. */
  viewerId: string | null
}

/** How a list is asked for, beyond which list it is. */
export interface ListRequest {
  /** Rows a page, at most 100. */
  limit?: number
}

const scopeKey = ({ publishableKey, viewerId }: KeyScope) => [prefix, publishableKey, viewerId ?? ''] as const

/** One list of a feed. */
export const feedListKey = (scope: KeyScope, feedId: string, { limit }: ListRequest) =>
  [...scopeKey(scope), 'feeds', feedId, limit ?? 0] as const

/**
 * Keys for query caches, from the general to the particular: `all` is the start of each, so that one
 * `invalidateQueries({ queryKey: keys.events() })` reaches every event. `scope` is read at each call.
 */
export const createKeys = (scope: () => KeyScope) => {
  const all = () => scopeKey(scope())
  return {
    all,
    events: () => [...all(), 'events'] as const,
    eventList: ({ limit }: ListRequest = {}) => [...all(), 'events', 'list', limit ?? 0] as const,
    event: (eventId: string) => [...all(), 'events', 'one', eventId] as const,
    orders: () => [...all(), 'orders'] as const,
    order: (orderId: string) => [...all(), 'orders', 'one', orderId] as const,
    feeds: () => [...all(), 'feeds'] as const,
    /** Every list of the feed; the start of `feedList`. */
    feed: (feedId: string) => [...all(), 'feeds', feedId] as const,
    feedList: (feedId: string, request: ListRequest = {}) => feedListKey(scope(), feedId, request),
    /** What the feed offers and allows; not a list of it. */
    feedInfo: (feedId: string) => [...all(), 'feed-info', feedId] as const,
    uploads: () => [...all(), 'uploads'] as const,
    upload: (uploadId: string) => [...all(), 'uploads', uploadId] as const,
  }
}

export type Keys = ReturnType<typeof createKeys>

/** A key of ours as text, null for anybody else's. */
export const keyText = (queryKey: readonly unknown[]): string | null =>
  queryKey[0] === prefix && queryKey[3] === 'feeds' ? JSON.stringify(queryKey) : null
