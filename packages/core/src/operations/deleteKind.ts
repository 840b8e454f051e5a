import { findRow, withPage } from './FeedPage.ts'
import { type DeleteOperation, type OperationKind, replicaLagMs } from './operation.ts'

/** A deleted post: away at once, and kept away while a replica may still serve it. */
export const deleteKind: OperationKind<DeleteOperation> = {
  reduce: (pages, { op }) => {
    const found = findRow(pages, op.postId, op.clientId)
    const page = found && pages[found.page]
    return page ? withPage(pages, found.page, page.items.toSpliced(found.row, 1)) : pages
  },

  isSettled: (op, ack, { begun, pages }) =>
    begun.at >= ack.at + replicaLagMs && findRow(pages, op.postId, op.clientId) === null,
}
