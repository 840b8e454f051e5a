import { type FeedData, FeedList } from './FeedList.ts'
import type { FeedGap, FeedPage } from './FeedPage.ts'
import type { OperationLog } from './OperationLog.ts'
import type { Sighting } from './operation.ts'

/** Lists a page of a feed from the server. */
export type ListPage = (cursor: string | null) => Promise<FeedPage>

/** All lists of feeds that are loaded, by their query's key as text, with the log folded in. */
export class FeedLists {
  readonly #log: OperationLog
  readonly #lists = new Map<string, FeedList>()

  constructor(log: OperationLog) {
    this.#log = log
  }

  /**
   * A page for a query: the head is listed and merged; a page that is loaded already comes from here, so that a
   * refetch of many pages costs one request; a further page is listed.
   */
  async load(
    key: string,
    feedId: string,
    param: string | null,
    listPage: ListPage,
    signal: AbortSignal,
  ): Promise<FeedPage> {
    if (param === null || !this.#lists.get(key)?.has(param)) {
      const begun = this.#log.mark()
      const page = await listPage(param)
      // Whoever asked has gone: the query takes nothing from this fetch, and neither do we.
      signal.throwIfAborted()
      this.#take(key, feedId, list => list.commit(param, page, begun))
    }
    const data = this.data(key)
    return data?.pages[data.pageParams.indexOf(param)] ?? { items: [], nextCursor: null }
  }

  /** Lists what a gap hides. A gap that is larger than a page moves down. */
  async loadGap(key: string, gap: FeedGap, listPage: ListPage): Promise<void> {
    const list = this.#lists.get(key)
    if (!list) return
    const begun = this.#log.mark()
    const page = await listPage(gap.cursor)
    if (this.#lists.get(key) === list) this.#take(key, list.feedId, found => found.commitRange(gap.rank, page, begun))
  }

  /** What that list shows; null where nothing is loaded. */
  data(key: string): FeedData | null {
    const list = this.#lists.get(key)
    return list?.fold(this.#log.unsettled(list.feedId, key)) ?? null
  }

  keysOf(feedId: string): string[] {
    return [...this.#lists].filter(([, list]) => list.feedId === feedId).map(([key]) => key)
  }

  /** Forgets a list that no query holds any more. */
  drop(key: string): void {
    const list = this.#lists.get(key)
    if (!list) return
    this.#lists.delete(key)
    if (this.keysOf(list.feedId).length === 0) this.#log.sweep(list.feedId)
  }

  #take(key: string, feedId: string, commit: (list: FeedList) => Sighting): void {
    const list = this.#lists.get(key) ?? new FeedList(feedId)
    this.#lists.set(key, list)
    const sighting = commit(list)
    this.#log.settle(feedId, key, this.keysOf(feedId), sighting)
  }
}
