import type { QueryClient } from '@tanstack/query-core'
import type { VenueKitClient } from './client/VenueKitClient.ts'
import { FeedCache } from './operations/FeedCache.ts'
import { FeedLists } from './operations/FeedLists.ts'
import { FeedOperations } from './operations/FeedOperations.ts'
import { OperationLog } from './operations/OperationLog.ts'
import type { Viewer } from './Viewer.ts'

interface Surroundings {
  client: VenueKitClient
  queryClient: QueryClient
  viewer: Viewer | null
  now: (() => number) | undefined
}

/** Everything that belongs to one viewer and goes when another comes. */
export class Session {
  readonly viewer: Viewer | null
  readonly lists: FeedLists
  readonly cache: FeedCache
  readonly operations: FeedOperations
  readonly #controller = new AbortController()

  constructor({ client, queryClient, viewer, now }: Surroundings) {
    this.viewer = viewer
    const log = new OperationLog(now)
    const author = { id: viewer?.id ?? '', name: viewer?.name ?? '', avatarUrl: viewer?.avatarUrl ?? null }
    this.lists = new FeedLists(log)
    this.cache = new FeedCache(queryClient, log, this.lists)
    this.operations = new FeedOperations({ client, log, author, signal: this.#controller.signal })
  }

  /** Ends the requests of its operations, which reject with `aborted`, and lets go of the query cache. */
  close(): void {
    this.cache.close()
    this.#controller.abort()
  }
}
