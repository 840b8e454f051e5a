import { type FeedGap, type FeedPage, type FeedPost, findRow, rankOf } from './FeedPage.ts'
import { isEqualJson } from './isEqualJson.ts'
import { kindOf } from './kinds.ts'
import { type CommittedPage, lowerEnd, mergeRange } from './mergeRange.ts'
import type { Entry, Mark, Sighting } from './operation.ts'

/** The cached data of a feed query, in the shape of an infinite query's. */
export interface FeedData {
  pages: FeedPage[]
  pageParams: (string | null)[]
}

/**
 * One list of a feed: the pages as the server gave them, and what is shown, which is those with the operations folded
 * in. The committed pages are written by fetches alone, never from what a cache holds.
 */
export class FeedList {
  readonly feedId: string
  /** When the fetch began that last told about the head; null before the first. */
  head: Mark | null = null
  #committed: readonly CommittedPage[] = []
  #shown: FeedData | null = null

  constructor(feedId: string) {
    this.feedId = feedId
  }

  has(param: string | null): boolean {
    return this.#committed.some(page => page.param === param)
  }

  /**
   * Takes a fetched page in: the first one as news about the head, a further one at the end. Null where it comes too
   * late: several readers may fetch at once, and what began earlier must not undo what began later.
   */
  commit(param: string | null, page: FeedPage, begun: Mark): Sighting | null {
    if (param === null) return this.#commitHead(page, begun)
    const last = this.#committed.at(-1)?.page
    if (last?.nextCursor !== param) return null
    const before = last.items.at(-1)
    const shared = this.#share(page)
    const ids = new Set(shared.items.map(post => post.id))
    this.#committed = [...this.#committed.map(other => without(other, ids)), { param, page: shared }]
    return this.#sighting(before ? rankOf(before) : null, shared, begun)
  }

  /** Takes in what a gap hid; null where it is closed already. */
  commitGap(gap: FeedGap, page: FeedPage, begun: Mark): Sighting | null {
    const open = this.#committed[0]?.page.gaps?.some(({ rank }) => rank === gap.rank)
    return open ? this.#commitRange(gap.rank, page, begun) : null
  }

  /** What to show. Unchanged pages and rows stay the same objects; null before the first fetch. */
  fold(entries: readonly Entry[]): FeedData | null {
    if (this.#committed.length === 0) return null
    const committed: readonly FeedPage[] = this.#committed.map(({ page }) => page)
    const folded = entries.reduce((pages, entry) => kindOf(entry.op).reduce(pages, entry), committed)
    const before = this.#shown
    const pages = folded.map((page, at) => samePage(before?.pages[at], page))
    const pageParams = this.#committed.map(({ param }) => param)
    if (!before || !isSame(before.pages, pages) || !isSame(before.pageParams, pageParams)) {
      this.#shown = { pages, pageParams }
    }
    return this.#shown
  }

  #commitHead(page: FeedPage, begun: Mark): Sighting | null {
    if (this.head && begun.seq < this.head.seq) return null
    this.head = begun
    return this.#commitRange(null, page, begun)
  }

  /** Takes in what was listed from that rank down (exclusive; null: from the top). */
  #commitRange(upper: string | null, page: FeedPage, begun: Mark): Sighting {
    const shared = this.#share(page)
    this.#committed = mergeRange(this.#committed, { upper, page: shared })
    return this.#sighting(upper, shared, begun)
  }

  /** Rows that say the same as before are the same objects, wherever they stand now. */
  #share(page: FeedPage): FeedPage {
    const shown = this.#shown?.pages ?? []
    const share = (post: FeedPost): FeedPost => {
      const known = findRow(shown, post.id)?.post
      return known && isEqualJson(known, post) ? known : post
    }
    return { ...page, items: page.items.map(share) }
  }

  #sighting(upper: string | null, fetched: FeedPage, begun: Mark): Sighting {
    return { begun, upper, lower: lowerEnd(fetched), fetched, pages: this.#committed.map(({ page }) => page) }
  }
}

const without = ({ param, page }: CommittedPage, ids: ReadonlySet<string>): CommittedPage => {
  const items = page.items.filter(post => !ids.has(post.id))
  return items.length === page.items.length ? { param, page } : { param, page: { ...page, items } }
}

const isSame = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((value, at) => value === other[at])

const samePage = (before: FeedPage | undefined, page: FeedPage): FeedPage => {
  if (!before || before.nextCursor !== page.nextCursor || !isEqualJson(before.gaps, page.gaps)) return page
  return isSame(before.items, page.items) ? before : page
}
