import type { VenueKitClient } from './client/VenueKitClient.ts'
import { feedListKey, type ListRequest } from './keys.ts'
import { FeedLists } from './operations/FeedLists.ts'
import { FeedOperations } from './operations/FeedOperations.ts'
import type { FeedGap } from './operations/FeedPage.ts'
import { FeedReader } from './operations/FeedReader.ts'
import { listPage } from './operations/listPage.ts'
import { OperationLog } from './operations/OperationLog.ts'
import type { Viewer } from './Viewer.ts'

interface Surroundings {
  client: VenueKitClient
  publishableKey: string
  viewer: Viewer | null
  now: (() => number) | undefined
}

/** Everything that belongs to one viewer and goes when another comes. */
export class ViewerFeeds {
  readonly viewer: Viewer | null
  readonly lists: FeedLists
  readonly operations: FeedOperations
  readonly #client: VenueKitClient
  readonly #publishableKey: string
  readonly #readers = new Map<string, FeedReader>()
  readonly #controller = new AbortController()

  constructor({ client, publishableKey, viewer, now }: Surroundings) {
    this.viewer = viewer
    this.#client = client
    this.#publishableKey = publishableKey
    const log = new OperationLog(now)
    const author = { id: viewer?.id ?? '', name: viewer?.name ?? '', avatarUrl: viewer?.avatarUrl ?? null }
    this.lists = new FeedLists(log)
    this.operations = new FeedOperations({ client, log, author, signal: this.#controller.signal })
  }

  /** The one reader of that list. */
  reader(feedId: string, request: ListRequest): FeedReader {
    const key = this.#keyOf(feedId, request)
    const { lists } = this
    const ask = (signal: AbortSignal) => listPage(this.#client, feedId, request, signal)
    const reader =
      this.#readers.get(key) ?? new FeedReader({ lists, key, feedId, viewerId: this.viewer?.id ?? null, listPage: ask })
    this.#readers.set(key, reader)
    return reader
  }

  async loadGap(feedId: string, gap: FeedGap, request: ListRequest): Promise<void> {
    const ask = listPage(this.#client, feedId, request, this.#controller.signal)
    await this.lists.loadGap(this.#keyOf(feedId, request), gap, ask)
  }

  /** Ends every request: operations reject with `aborted`. */
  close(): void {
    for (const reader of this.#readers.values()) reader.close()
    this.#controller.abort()
  }

  #keyOf(feedId: string, request: ListRequest): string {
    const scope = { publishableKey: this.#publishableKey, viewerId: this.viewer?.id ?? null }
    return JSON.stringify(feedListKey(scope, feedId, request))
  }
}
