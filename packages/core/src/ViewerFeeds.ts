import type { VenueKitClient } from './client/VenueKitClient.ts'
import type { LiveMessage } from './contracts/live.ts'
import { feedListKey, type ListRequest } from './keys.ts'
import { Connection } from './operations/Connection.ts'
import type { CreateOperations } from './operations/createOperations.ts'
import { FeedInfoReader } from './operations/FeedInfoReader.ts'
import { FeedLists } from './operations/FeedLists.ts'
import type { FeedOperations } from './operations/FeedOperations.ts'
import type { FeedGap } from './operations/FeedPage.ts'
import { FeedReader } from './operations/FeedReader.ts'
import { listPage } from './operations/listPage.ts'
import { OperationLog } from './operations/OperationLog.ts'
import type { OpenOutbox } from './operations/Outbox.ts'
import type { Viewer } from './Viewer.ts'

interface Surroundings {
  client: VenueKitClient
  publishableKey: string
  viewer: Viewer | null
  now: (() => number) | undefined
  outbox: OpenOutbox | undefined
  /** Loaded on demand where it is missing. */
  createOperations: CreateOperations | undefined
  /** Keeps a feed up to date that is shown. */
  follow: (feedId: string) => () => void
}

/** Everything that belongs to one viewer and goes when another comes. */
export class ViewerFeeds {
  readonly viewer: Viewer | null
  readonly lists: FeedLists
  /** What this viewer can do; null while it is not loaded. */
  operations: FeedOperations | null = null
  readonly connection = new Connection()
  readonly #client: VenueKitClient
  readonly #publishableKey: string
  readonly #log: OperationLog
  readonly #readers = new Map<string, FeedReader>()
  readonly #infos = new Map<string, FeedInfoReader>()
  readonly #resetListeners = new Set<() => void>()
  readonly #source: Surroundings
  #acting: Promise<FeedOperations> | null = null
  readonly #controller = new AbortController()

  constructor(source: Surroundings) {
    const { client, publishableKey, viewer, now } = source
    this.#source = source
    this.viewer = viewer
    this.#client = client
    this.#publishableKey = publishableKey
    this.#log = new OperationLog(now)
    this.lists = new FeedLists(this.#log, ({ feedId, author: { id } }) => id === viewer?.id || this.#moderates(feedId))
    if (source.createOperations) this.#operate(source.createOperations)
    // Who may do something soon will.
    else if (viewer) this.act().catch(() => {})
  }

  /** The one reader of that list. */
  reader(feedId: string, request: ListRequest): FeedReader {
    const key = this.#keyOf(feedId, request)
    const { lists, connection } = this
    const ask = (signal: AbortSignal) => listPage(this.#client, feedId, request, signal)
    const viewerId = this.viewer?.id ?? null
    const follow = () => this.#source.follow(feedId)
    const source = { lists, connection, key, feedId, viewerId, listPage: ask, follow }
    const reader = this.#readers.get(key) ?? new FeedReader(source)
    this.#readers.set(key, reader)
    return reader
  }

  /** The one reader of what that feed offers and allows. */
  info(feedId: string): FeedInfoReader {
    const ask = async (signal: AbortSignal) => (await this.#client.getFeed({ params: { feedId } }, { signal })).feed
    const info = this.#infos.get(feedId) ?? new FeedInfoReader({ ask, now: this.#log.now })
    this.#infos.set(feedId, info)
    return info
  }

  async loadGap(feedId: string, gap: FeedGap, request: ListRequest): Promise<void> {
    const ask = listPage(this.#client, feedId, request, this.#controller.signal)
    await this.lists.loadGap(this.#keyOf(feedId, request), gap, ask)
  }

  /** Takes in a live message. Those about events are not a feed's. */
  commitLive(message: LiveMessage): void {
    if (message.type === 'post') this.lists.commitLive(message.post)
    else if (message.type === 'post_removed') this.lists.dropPost(message.feedId, message.postId)
    else if (message.type === 'features') this.#infos.get(message.feedId)?.tell(message.features)
    else if (message.type === 'reset') this.#reset()
  }

  /** Calls when news were lost, and whoever shows a feed by other means than a reader has to ask again. */
  onReset(listener: () => void): () => void {
    this.#resetListeners.add(listener)
    return () => this.#resetListeners.delete(listener)
  }

  /** Loads what a viewer can do. */
  act(): Promise<FeedOperations> {
    this.#acting ??= this.#load().catch(error => {
      this.#acting = null
      throw error
    })
    return this.#acting
  }

  /** Gives up what this viewer did and was not sent, on the device too. */
  forget(): void {
    if (this.operations) this.operations.forget()
    else if (this.#source.outbox && this.viewer)
      this.act().then(
        operations => operations.forget(),
        () => {},
      )
  }

  /** Ends every request: operations reject with `aborted`. */
  close(): void {
    for (const reader of [...this.#readers.values(), ...this.#infos.values()]) reader.close()
    this.#controller.abort()
  }

  async #load(): Promise<FeedOperations> {
    const { createOperations } = await import('./operations/createOperations.ts')
    return this.#operate(createOperations)
  }

  #operate(create: CreateOperations): FeedOperations {
    const { lists, connection } = this
    this.operations ??= create({ ...this.#source, log: this.#log, lists, connection, signal: this.#controller.signal })
    return this.operations
  }

  #reset(): void {
    this.lists.doubt()
    for (const reader of this.#readers.values()) void reader.refresh()
    for (const listener of this.#resetListeners) listener()
  }

  #moderates(feedId: string): boolean {
    return this.#infos.get(feedId)?.snapshot.info?.permissions.moderate ?? false
  }

  #keyOf(feedId: string, request: ListRequest): string {
    const scope = { publishableKey: this.#publishableKey, viewerId: this.viewer?.id ?? null }
    return JSON.stringify(feedListKey(scope, feedId, request))
  }
}
