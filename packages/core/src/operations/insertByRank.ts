import type { Post } from '../contracts/feed.ts'
import { type FeedPage, rankOf, withPage } from './FeedPage.ts'

/** Before the first row that stands lower; at the very end only where nothing is left to load. */
export const insertByRank = (pages: readonly FeedPage[], post: Post): readonly FeedPage[] => {
  for (const [at, { items }] of pages.entries()) {
    const row = items.findIndex(item => !item.pending && rankOf(item) < rankOf(post))
    if (row !== -1) return withPage(pages, at, items.toSpliced(row, 0, post))
  }
  const last = pages.at(-1)
  if (!last || last.nextCursor !== null) return pages
  return withPage(pages, pages.length - 1, [...last.items, post])
}
