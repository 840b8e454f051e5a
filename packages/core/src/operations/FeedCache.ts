import type { Query, QueryCacheNotifyEvent, QueryClient } from '@tanstack/query-core'
import { keyText } from '../keys.ts'
import type { FeedLists } from './FeedLists.ts'
import type { OperationLog } from './OperationLog.ts'

/**
 * Keeps a query cache at the fold. Whatever writes to a feed's query, be it a host's `setQueryData`, an observer's own
 * `structuralSharing` or a cancelled fetch that reverts, the fold is written over it.
 */
export class FeedCache {
  readonly #client: QueryClient
  readonly #lists: FeedLists
  readonly #stops: (() => void)[]
  readonly #writing = new Set<string>()

  constructor(client: QueryClient, log: OperationLog, lists: FeedLists) {
    this.#client = client
    this.#lists = lists
    this.#stops = [
      client.getQueryCache().subscribe(event => this.#hear(event)),
      log.subscribe(feedId => this.writeFeed(feedId)),
    ]
  }

  /** Writes the fold to every query that lists the feed. */
  writeFeed(feedId: string): void {
    for (const key of this.#lists.keysOf(feedId)) this.write(key)
  }

  write(key: string): void {
    const query = this.#client.getQueryCache().find({ queryKey: JSON.parse(key), exact: true })
    if (query) this.#write(key, query)
  }

  close(): void {
    for (const stop of this.#stops) stop()
  }

  #hear(event: QueryCacheNotifyEvent): void {
    if (event.type !== 'removed' && event.type !== 'updated') return
    const key = keyText(event.query.queryKey)
    if (key === null) return
    const reset = event.type === 'updated' && event.action.type === 'setState' && event.query.state.data === undefined
    if (event.type === 'removed' || reset) this.#lists.drop(key)
    else this.#write(key, event.query)
  }

  #write(key: string, query: Query): void {
    // Before the first fetch ends there is nothing to write over; and a listener that writes while we do must not loop.
    if (query.state.data === undefined || this.#writing.has(key)) return
    const data = this.#lists.data(key)
    if (!data || query.state.data === data) return
    this.#writing.add(key)
    try {
      // Not `setQueryData`: it would share by index, end up in other row objects, and make stale data look fresh.
      query.setState({ data })
    } finally {
      this.#writing.delete(key)
    }
  }
}
