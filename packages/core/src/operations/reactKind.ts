import { type FeedPost, findRow, withPage } from './FeedPage.ts'
import type { OperationKind, ReactOperation } from './operation.ts'

/**
 * A reaction as its viewer wants it. The count moves by what the row itself says of the viewer, so a list that knows
 * already, and one that does not, show the same. Its answer is committed as a post, by version: nothing is left to do.
 */
export const reactKind: OperationKind<ReactOperation> = {
  reduce: (pages, { op }) => {
    const found = findRow(pages, op.postId, op.clientId)
    if (!found || found.post.reactions.mine === op.reacted) return pages
    const items = pages[found.page]?.items ?? []
    return withPage(pages, found.page, items.with(found.row, toggled(found.post)))
  },

  isSettled: () => true,
}

const others = new WeakMap<FeedPost, FeedPost>()

/** The row with the viewer's reaction the other way; the same object each time. */
const toggled = (post: FeedPost): FeedPost => {
  const known = others.get(post)
  if (known) return known
  const { count, mine } = post.reactions
  const other = { ...post, reactions: { count: Math.max(0, count + (mine ? -1 : 1)), mine: !mine } }
  others.set(post, other)
  return other
}
