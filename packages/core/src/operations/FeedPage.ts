import type { Post } from '../contracts/feed.ts'

/** A row of the feed: a post, or one that is on its way. */
export type FeedPost = Post & {
  /** The post has no answer from the server yet; its `id` is its `clientId` and its `position` is empty. */
  readonly pending?: true
}

/** Where a post stands: greater text is higher, compared by code unit; pinned posts are above all others. */
export const rankOf = (post: FeedPost): string => (post.pinnedAt === null ? '0' : '1') + post.position

/** Posts are missing under the row of this rank: more came at once than a page holds. */
export interface FeedGap {
  readonly rank: string
  /** What to list from to fill it. */
  readonly cursor: string
}

/** A page of the feed. Head refreshes grow the first one; the others stay as they were loaded. */
export interface FeedPage {
  readonly items: readonly FeedPost[]
  readonly nextCursor: string | null
  readonly gaps?: readonly FeedGap[]
}

/** What a view must use as key: the same before and after the server knows the post. */
export const renderKey = (post: Pick<FeedPost, 'id' | 'clientId'>): string => post.clientId ?? post.id

const indexes = new WeakMap<readonly FeedPost[], ReadonlyMap<string, number>>()

/** Where each row stands, by its id and by its client's id. Made once for each array. */
const rowIndex = (items: readonly FeedPost[]): ReadonlyMap<string, number> => {
  const known = indexes.get(items)
  if (known) return known
  const index = new Map<string, number>()
  for (const [at, post] of items.entries()) {
    index.set(post.id, at)
    if (post.clientId !== null) index.set(post.clientId, at)
  }
  indexes.set(items, index)
  return index
}

/** The row of that id or client id, wherever it is. */
export const findRow = (
  pages: readonly FeedPage[],
  ...keys: readonly (string | null)[]
): { page: number; row: number; post: FeedPost } | null => {
  for (const [page, { items }] of pages.entries()) {
    const index = rowIndex(items)
    for (const key of keys) {
      const row = key === null ? undefined : index.get(key)
      const post = row === undefined ? undefined : items[row]
      if (row !== undefined && post) return { page, row, post }
    }
  }
  return null
}

/** The pages with one of them changed; the others stay the same objects. */
export const withPage = (pages: readonly FeedPage[], at: number, items: readonly FeedPost[]): readonly FeedPage[] =>
  pages.map((page, index) => (index === at ? { ...page, items } : page))
