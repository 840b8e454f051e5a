import { type FeedData, FeedList } from './FeedList.ts'
import type { FeedGap, FeedPage } from './FeedPage.ts'
import type { OperationLog } from './OperationLog.ts'
import type { Sighting } from './operation.ts'

/** Lists a page of a feed from the server. */
export type ListPage = (cursor: string | null) => Promise<FeedPage>

/**
 * All lists of feeds that are loaded, by their key as text, with the log folded in. Several may read one list, such as
 * a query cache and a widget: it stays until the last of them lets go.
 */
export class FeedLists {
  readonly #log: OperationLog
  readonly #lists = new Map<string, FeedList>()
  readonly #holders = new Map<string, Set<object>>()
  readonly #listeners = new Set<(key: string) => void>()

  constructor(log: OperationLog) {
    this.#log = log
    log.subscribe(feedId => this.keysOf(feedId).forEach(key => void this.#tell(key)))
  }

  /**
   * A page for a reader: the head is listed and merged; a page that is loaded already comes from here, so that a
   * refetch of many pages costs one request; a further page is listed.
   */
  async load(
    key: string,
    feedId: string,
    param: string | null,
    listPage: ListPage,
    signal: AbortSignal,
  ): Promise<FeedPage> {
    let fetched: FeedPage = { items: [], nextCursor: null }
    if (param === null || !this.#lists.get(key)?.has(param)) {
      const begun = this.#log.mark()
      const page = await listPage(param)
      // Whoever asked has gone and takes nothing from this fetch, and neither do we.
      signal.throwIfAborted()
      this.#take(key, feedId, list => list.commit(param, page, begun))
      fetched = page
    }
    const data = this.data(key)
    return data?.pages[data.pageParams.indexOf(param)] ?? fetched
  }

  /** Lists what a gap hides. A gap that is larger than a page moves down. */
  async loadGap(key: string, gap: FeedGap, listPage: ListPage): Promise<void> {
    const list = this.#lists.get(key)
    if (!list) return
    const begun = this.#log.mark()
    const page = await listPage(gap.cursor)
    if (this.#lists.get(key) === list) this.#take(key, list.feedId, found => found.commitGap(gap, page, begun))
  }

  /** What that list shows; null where nothing is loaded. */
  data(key: string): FeedData | null {
    const list = this.#lists.get(key)
    return list?.fold(this.#log.unsettled(list.feedId, key)) ?? null
  }

  /** How long ago the head was asked for, in ms. */
  ageMs(key: string): number {
    const head = this.#lists.get(key)?.head
    return head ? this.#log.now() - head.at : Number.POSITIVE_INFINITY
  }

  /** Keeps the list, from now on or from when it is loaded, until the holder releases it. */
  hold(key: string, holder: object): void {
    this.#holders.set(key, (this.#holders.get(key) ?? new Set()).add(holder))
  }

  /** Lets go of a list; one that nobody holds is forgotten. */
  release(key: string, holder: object): void {
    const holders = this.#holders.get(key)
    holders?.delete(holder)
    if (holders?.size) return
    this.#holders.delete(key)
    const list = this.#lists.get(key)
    this.#lists.delete(key)
    if (list && this.keysOf(list.feedId).length === 0) this.#log.sweep(list.feedId)
  }

  /** Calls with the key of a list that may show something else now, by a fetch or an operation. */
  subscribe(listener: (key: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  keysOf(feedId: string): string[] {
    return [...this.#lists].filter(([, list]) => list.feedId === feedId).map(([key]) => key)
  }

  #take(key: string, feedId: string, commit: (list: FeedList) => Sighting | null): void {
    const list = this.#lists.get(key) ?? new FeedList(feedId)
    const sighting = commit(list)
    if (!sighting) return
    this.#lists.set(key, list)
    this.#log.settle(feedId, key, this.keysOf(feedId), sighting)
    this.#tell(key)
  }

  #tell(key: string): void {
    for (const listener of [...this.#listeners]) listener(key)
  }
}
