import { type FeedPage, type FeedPost, findRow, rankOf, withPage } from './FeedPage.ts'
import { insertByRank } from './insertByRank.ts'
import { type CreateOperation, covers, type OperationKind, replicaLagMs } from './operation.ts'

/** A new post: on top while it is pending, at the server's place once it is known. */
export const createKind: OperationKind<CreateOperation> = {
  reduce: (pages, { op, ack }) => {
    if (findRow(pages, op.clientId, ack?.post?.id ?? null)) return pages
    return ack?.post ? insertByRank(pages, ack.post) : insertOnTop(pages, op.post)
  },

  isSettled: (op, ack, sighting) => {
    const { post } = ack
    if (!post) return true
    const { begun, fetched, pages } = sighting
    if (begun.seq > ack.seq && findRow([fetched], op.clientId, post.id)) return true
    if (isBelow(pages, rankOf(post))) return true
    return begun.at >= ack.at + replicaLagMs && covers(sighting, rankOf(post))
  },
}

const insertOnTop = (pages: readonly FeedPage[], post: FeedPost): readonly FeedPage[] => {
  const first = pages[0]
  if (!first) return pages
  const pinned = first.items.findIndex(item => item.pinnedAt === null)
  return withPage(pages, 0, first.items.toSpliced(pinned === -1 ? first.items.length : pinned, 0, post))
}

/** True where the rank comes after everything loaded: the next page will bring the post. */
const isBelow = (pages: readonly FeedPage[], rank: string): boolean => {
  if (pages.at(-1)?.nextCursor === null) return false
  return pages.every(({ items }) => items.every(item => rankOf(item) > rank))
}
