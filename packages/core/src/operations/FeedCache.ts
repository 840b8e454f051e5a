import type { Query, QueryCacheNotifyEvent, QueryClient } from '@tanstack/query-core'
import { keyText } from '../keys.ts'
import type { FeedLists } from './FeedLists.ts'

/**
 * Keeps a query cache at the fold. Whatever writes to a feed's query, be it a host's `setQueryData`, an observer's own
 * `structuralSharing` or a cancelled fetch that reverts, the fold is written over it.
 */
export class FeedCache {
  readonly #client: QueryClient
  readonly #lists: FeedLists
  readonly #stops: (() => void)[]
  readonly #writing = new Set<string>()

  constructor(client: QueryClient, lists: FeedLists) {
    this.#client = client
    this.#lists = lists
    const queries = client.getQueryCache()
    for (const { queryKey } of queries.getAll()) {
      const key = keyText(queryKey)
      if (key !== null) lists.hold(key, this)
    }
    this.#stops = [queries.subscribe(event => this.#hear(event)), lists.subscribe(key => this.#writeKey(key))]
  }

  close(): void {
    for (const stop of this.#stops) stop()
  }

  #hear(event: QueryCacheNotifyEvent): void {
    if (event.type !== 'added' && event.type !== 'removed' && event.type !== 'updated') return
    const key = keyText(event.query.queryKey)
    if (key === null) return
    const reset = event.type === 'updated' && event.action.type === 'setState' && event.query.state.data === undefined
    if (event.type === 'removed' || reset) this.#lists.release(key, this)
    if (event.type === 'added' || reset) this.#lists.hold(key, this)
    if (event.type === 'updated' && !reset) this.#write(key, event.query)
  }

  #writeKey(key: string): void {
    const query = this.#client.getQueryCache().find({ queryKey: JSON.parse(key), exact: true })
    if (query) this.#write(key, query)
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
