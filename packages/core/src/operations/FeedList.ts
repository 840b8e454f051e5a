import type { Post } from '../contracts/feed.ts'
import { type FeedGap, type FeedPage, type FeedPost, findRow, rankOf, withPage } from './FeedPage.ts'
import { insertByRank } from './insertByRank.ts'
import { isEqualJson } from './isEqualJson.ts'
import { kindOf } from './kinds.ts'
import { byRank, type CommittedPage, lowerEnd, mergeRange } from './mergeRange.ts'
import { covers, type Entry, type Mark, type Sighting } from './operation.ts'
import type { ToldPosts } from './ToldPosts.ts'

/** The cached data of a feed query, in the shape of an infinite query's. */
export interface FeedData {
  pages: FeedPage[]
  pageParams: (string | null)[]
}

/**
 * One list of a feed: the pages as the server gave them, and what is shown, which is those with the operations folded
 * in. The committed pages are written by what the server says alone, never from what a cache holds; of two answers
 * about one post the one of the greater version counts, whenever it comes.
 */
export class FeedList {
  readonly feedId: string
  /** When the fetch began that last told about the head; null before the first. */
  head: Mark | null = null
  readonly #told: ToldPosts
  /** Rows that do not prove that what stands under them is known. */
  readonly #loose = new Set<string>()
  #doubted: Mark | null = null
  #committed: readonly CommittedPage[] = []
  #shown: FeedData | null = null

  constructor(feedId: string, told: ToldPosts) {
    this.feedId = feedId
    this.#told = told
  }

  /** News were lost since the head was asked for. */
  get isDoubted(): boolean {
    return this.#doubted !== null
  }

  has(param: string | null): boolean {
    return this.#committed.some(page => page.param === param)
  }

  /** The row as the server gave it. */
  find(postId: string): FeedPost | null {
    return findRow(this.#pages, postId)?.post ?? null
  }

  /** News were lost until now: what is told from here on may stand above posts that nobody told of. */
  doubt(mark: Mark): void {
    if (this.#committed.length > 0) this.#doubted = mark
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
    const range = { upper: before ? rankOf(before) : null, lower: lowerEnd(page) }
    const amended = this.#amend(page, range, begun)
    const ids = new Set(amended.items.map(post => post.id))
    this.#committed = [...this.#committed.map(other => without(other, ids)), { param, page: amended }]
    return this.#sighting(range, page, begun)
  }

  /** Takes in what a gap hid; null where it is closed already. */
  commitGap(gap: FeedGap, page: FeedPage, begun: Mark): Sighting | null {
    const open = this.#committed[0]?.page.gaps?.some(({ rank }) => rank === gap.rank)
    return open ? this.#commitRange(gap.rank, page, begun) : null
  }

  /** Takes in one post at its place; below what is loaded it has none. False where nothing changes. */
  put(told: Post): boolean {
    const post = this.#share(told)
    const before = this.#pages
    const held = findRow(before, post.id)
    const page = held && before[held.page]
    if (held && (held.post.version > post.version || isEqualJson(held.post, post))) return false
    if (page && rankOf(held.post) === rankOf(post))
      return this.#write(withPage(before, held.page, page.items.with(held.row, post)))
    const rest = page ? withPage(before, held.page, page.items.toSpliced(held.row, 1)) : before
    if (this.#isLoose(rankOf(post))) this.#loose.add(post.id)
    return this.#write(insertByRank(rest, post))
  }

  /** Takes the post out. False where it is not there. */
  drop(postId: string): boolean {
    const found = findRow(this.#pages, postId)
    const page = found && this.#pages[found.page]
    return page ? this.#write(withPage(this.#pages, found.page, page.items.toSpliced(found.row, 1))) : false
  }

  /** What to show. Unchanged pages and rows stay the same objects; null before the first fetch. */
  fold(entries: readonly Entry[]): FeedData | null {
    if (this.#committed.length === 0) return null
    const folded = entries.reduce((pages, entry) => kindOf(entry.op).reduce(pages, entry), this.#pages)
    const before = this.#shown
    const pages = folded.map((page, at) => samePage(before?.pages[at], page))
    const pageParams = this.#committed.map(({ param }) => param)
    if (!before || !isSame(before.pages, pages) || !isSame(before.pageParams, pageParams)) {
      this.#shown = { pages, pageParams }
    }
    return this.#shown
  }

  get #pages(): readonly FeedPage[] {
    return this.#committed.map(({ page }) => page)
  }

  #write(pages: readonly FeedPage[]): boolean {
    const before = this.#committed
    this.#committed = before.map((each, at) => ({ ...each, page: pages[at] ?? each.page }))
    return this.#committed.some(({ page }, at) => page !== before[at]?.page)
  }

  #commitHead(page: FeedPage, begun: Mark): Sighting | null {
    if (this.head && begun.seq < this.head.seq) return null
    this.head = begun
    const sighting = this.#commitRange(null, page, begun)
    if (this.#doubted && this.#doubted.seq < begun.seq) this.#doubted = null
    return sighting
  }

  /** Takes in what was listed from that rank down (exclusive; null: from the top). */
  #commitRange(upper: string | null, page: FeedPage, begun: Mark): Sighting {
    const range = { upper, lower: lowerEnd(page) }
    const amended = this.#amend(page, range, begun)
    this.#committed = mergeRange(this.#committed, { ...range, page: amended, loose: this.#loose })
    for (const { id } of page.items) this.#loose.delete(id)
    return this.#sighting(range, page, begun)
  }

  /** The page as it would be, had the server's list known what was told by then. Rows that say the same are the same. */
  #amend(page: FeedPage, range: Pick<Sighting, 'upper' | 'lower'>, begun: Mark): FeedPage {
    const items: FeedPost[] = []
    for (const post of page.items) {
      const newest = this.#newest(post)
      const hasMoved = newest.version > post.version && !covers(range, rankOf(newest))
      if (!hasMoved && !this.#told.isRemoved(post.id, begun)) items.push(this.#share(newest))
    }
    const listed = new Set(items.map(({ id }) => id))
    for (const post of this.#told.recent(this.feedId, begun)) {
      if (!listed.has(post.id) && covers(range, rankOf(post))) items.push(this.#share(this.#newest(post)))
    }
    return { ...page, items: items.toSorted(byRank) }
  }

  #newest(post: FeedPost): FeedPost {
    const known = [this.find(post.id), this.#told.find(post.id)]
    return known.reduce<FeedPost>((newest, other) => (other && other.version > newest.version ? other : newest), post)
  }

  #share(post: FeedPost): FeedPost {
    const known = findRow(this.#shown?.pages ?? [], post.id)?.post
    return known && isEqualJson(known, post) ? known : post
  }

  /** True where posts may be missing between that rank and the next row that a list told of. */
  #isLoose(rank: string): boolean {
    if (this.#doubted) return true
    const gap = (this.#committed[0]?.page.gaps ?? []).findLast(each => each.rank >= rank)
    const isBetween = (post: FeedPost) => gap && covers({ upper: gap.rank, lower: rank }, rankOf(post))
    return (
      gap !== undefined &&
      !this.#pages.some(({ items }) => items.some(row => isBetween(row) && !this.#loose.has(row.id)))
    )
  }

  #sighting(range: Pick<Sighting, 'upper' | 'lower'>, fetched: FeedPage, begun: Mark): Sighting {
    return { ...range, begun, fetched, pages: this.#pages }
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
