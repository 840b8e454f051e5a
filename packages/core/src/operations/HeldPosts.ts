import type { FeedData } from './FeedList.ts'
import { type FeedPage, type FeedPost, rankOf } from './FeedPage.ts'

/**
 * Keeps new posts by others from view while somebody reads, so that nothing jumps under their eyes. What stood there
 * when it began stays, and so do the viewer's own posts and those pinned on top.
 */
export class HeldPosts {
  readonly #viewerId: string | null
  #isHolding = false
  /** What stands above this rank is new; null where nothing stood there yet. */
  #above: string | null = null
  #before: { data: FeedData; above: string; shown: FeedData; count: number } | null = null

  constructor(viewerId: string | null) {
    this.#viewerId = viewerId
  }

  /** Begins to hold what comes from now on, or shows everything again. */
  hold(isHolding: boolean): void {
    if (this.#isHolding !== isHolding) this.#above = null
    this.#isHolding = isHolding
  }

  /** Shows what is held; what comes later is held again. */
  release(): void {
    this.#above = null
  }

  /** What to show of the list, and how many posts wait. The same objects until something changes. */
  view(data: FeedData | null): { data: FeedData | null; count: number } {
    if (!data || !this.#isHolding) return { data, count: 0 }
    this.#above ??= topOf(data)
    const above = this.#above
    if (above === null) return { data, count: 0 }
    const { shown, count } =
      this.#before?.data === data && this.#before.above === above ? this.#before : this.#keep(data, above)
    return { data: shown, count }
  }

  #keep(data: FeedData, above: string) {
    const [first, ...later] = data.pages
    const isHeld = (post: FeedPost) =>
      !post.pending && post.pinnedAt === null && rankOf(post) > above && post.author.id !== this.#viewerId
    const items = first?.items.filter(post => !isHeld(post)) ?? []
    const count = (first?.items.length ?? 0) - items.length
    const shown = first && count > 0 ? { ...data, pages: [withoutGaps(first, items, above), ...later] } : data
    this.#before = { data, above, shown, count }
    return this.#before
  }
}

/** The highest rank that is not a pinned post's; null where there is none. */
const topOf = ({ pages }: FeedData): string | null => {
  const top = pages[0]?.items.find(post => !post.pending && post.pinnedAt === null)
  return top ? rankOf(top) : null
}

/** A gap among held posts is held with them. */
const withoutGaps = ({ nextCursor, gaps = [] }: FeedPage, items: readonly FeedPost[], above: string): FeedPage => {
  const left = gaps.filter(gap => gap.rank <= above)
  return left.length > 0 ? { items, nextCursor, gaps: left } : { items, nextCursor }
}
