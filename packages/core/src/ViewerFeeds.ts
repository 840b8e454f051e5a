import type { VenueKitClient } from './client/VenueKitClient.ts'
import type { LiveMessage } from './contracts/live.ts'
import { feedListKey, type ListRequest } from './keys.ts'
import { Connection } from './operations/Connection.ts'
import { FeedInfoReader } from './operations/FeedInfoReader.ts'
import { FeedLists } from './operations/FeedLists.ts'
import { FeedOperations } from './operations/FeedOperations.ts'
import type { FeedGap } from './operations/FeedPage.ts'
import { FeedReader } from './operations/FeedReader.ts'
import { listPage } from './operations/listPage.ts'
import { OperationLog } from './operations/OperationLog.ts'
import type { OpenOutbox, Outbox, OutboxContext } from './operations/Outbox.ts'
import { openLater } from './operations/openLater.ts'
import { PageOutbox } from './operations/PageOutbox.ts'
import { sendOperation } from './operations/sendOperation.ts'
import type { Viewer } from './Viewer.ts'

interface Surroundings {
  client: VenueKitClient
  publishableKey: string
  viewer: Viewer | null
  now: (() => number) | undefined
  outbox: OpenOutbox | undefined
}

/** Everything that belongs to one viewer and goes when another comes. */
export class ViewerFeeds {
  readonly viewer: Viewer | null
  readonly lists: FeedLists
  readonly operations: FeedOperations
  readonly connection = new Connection()
  readonly #client: VenueKitClient
  readonly #publishableKey: string
  readonly #log: OperationLog
  readonly #readers = new Map<string, FeedReader>()
  readonly #infos = new Map<string, FeedInfoReader>()
  readonly #resetListeners = new Set<() => void>()
  readonly #outbox: Outbox
  readonly #controller = new AbortController()

  constructor({ client, publishableKey, viewer, now, outbox }: Surroundings) {
    this.viewer = viewer
    this.#client = client
    this.#publishableKey = publishableKey
    this.#log = new OperationLog(now)
    const author = { id: viewer?.id ?? '', name: viewer?.name ?? '', avatarUrl: viewer?.avatarUrl ?? null }
    this.lists = new FeedLists(this.#log, ({ feedId, author: { id } }) => id === viewer?.id || this.#moderates(feedId))
    const context = this.#context(author.id)
    this.#outbox = outbox && viewer ? openLater(outbox, context) : new PageOutbox(context)
    const { lists, signal } = { lists: this.lists, signal: this.#controller.signal }
    this.operations = new FeedOperations({ client, log: this.#log, lists, outbox: this.#outbox, author, signal })
  }

  /** The one reader of that list. */
  reader(feedId: string, request: ListRequest): FeedReader {
    const key = this.#keyOf(feedId, request)
    const { lists, connection } = this
    const ask = (signal: AbortSignal) => listPage(this.#client, feedId, request, signal)
    const viewerId = this.viewer?.id ?? null
    const reader = this.#readers.get(key) ?? new FeedReader({ lists, connection, key, feedId, viewerId, listPage: ask })
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

  /** Gives up what this viewer did and was not sent, on the device too. */
  forget(): void {
    this.operations.restore()
    this.#outbox.clear?.().catch(() => {})
  }

  /** Ends every request: operations reject with `aborted`. */
  close(): void {
    for (const reader of [...this.#readers.values(), ...this.#infos.values()]) reader.close()
    this.#controller.abort()
  }

  #context(viewerId: string): OutboxContext {
    const [client, log, { signal }] = [this.#client, this.#log, this.#controller]
    return {
      scope: `${this.#publishableKey} ${viewerId}`,
      connection: this.connection,
      signal,
      send: (op, options) => sendOperation(client, op, options.keepalive ? options : { ...options, signal }),
      latest: op => log.find(op.opId)?.op ?? op,
      adopt: (op, answer) => this.operations.adopt(op, answer),
    }
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
