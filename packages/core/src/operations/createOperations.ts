import type { VenueKitClient } from '../client/VenueKitClient.ts'
import type { Viewer } from '../Viewer.ts'
import type { Connection } from './Connection.ts'
import type { FeedLists } from './FeedLists.ts'
import { FeedOperations } from './FeedOperations.ts'
import type { OperationLog } from './OperationLog.ts'
import type { OpenOutbox, OutboxContext } from './Outbox.ts'
import { openLater } from './openLater.ts'
import { PageOutbox } from './PageOutbox.ts'
import { sendOperation } from './sendOperation.ts'

/** What a viewer's operations work on. */
export interface OperationsContext {
  client: VenueKitClient
  publishableKey: string
  viewer: Viewer | null
  log: OperationLog
  lists: FeedLists
  connection: Connection
  /** Where operations wait; the page alone, where it is missing. */
  outbox: OpenOutbox | undefined
  signal: AbortSignal
}

export type CreateOperations = typeof createOperations

/** All that a viewer can do. A page that only reads never loads it. */
export const createOperations = (context: OperationsContext): FeedOperations => {
  const { client, publishableKey, viewer, log, lists, connection, signal, outbox: open } = context
  const author = { id: viewer?.id ?? '', name: viewer?.name ?? '', avatarUrl: viewer?.avatarUrl ?? null }
  const outboxContext: OutboxContext = {
    scope: `${publishableKey} ${author.id}`,
    connection,
    signal,
    send: (op, options) => sendOperation(client, op, options.keepalive ? options : { ...options, signal }),
    latest: op => log.find(op.opId)?.op ?? op,
    adopt: (op, answer) => operations.adopt(op, answer),
  }
  const outbox = open && viewer ? openLater(open, outboxContext) : new PageOutbox(outboxContext)
  const operations = new FeedOperations({ client, log, lists, outbox, author, signal })
  return operations
}
