import type { CallOptions } from '../client/callOptions.ts'
import type { Post } from '../contracts/feed.ts'
import type { Connection } from './Connection.ts'
import type { Operation } from './operation.ts'

/** Brings operations to the server: each once, and the posts of a feed in the order they were written. */
export interface Outbox {
  /**
   * Answers with the post as the server has it then, null where there is none any more. Waits while the server cannot
   * be reached; rejects as the client does where the server refuses.
   */
  send(op: Operation, options?: CallOptions): Promise<Post | null>
  /** True where it was not sent, and now never will be: then its `send` rejects with `aborted`. */
  cancel(op: Operation): boolean | Promise<boolean>
  /** What is under way is wanted otherwise by now. */
  amend?(op: Operation): void
  /** Forgets all that waits: its viewer has left. */
  clear?(): Promise<void>
}

/** What an outbox works with. */
export interface OutboxContext {
  /** Names the venue and the viewer; outboxes of one scope are one, in whichever tab. */
  readonly scope: string
  readonly connection: Connection
  /** Ends everything. */
  readonly signal: AbortSignal
  /** One attempt. */
  readonly send: (op: Operation, options: CallOptions) => Promise<Post | null>
  /** The operation as it is wanted by now. */
  readonly latest: (op: Operation) => Operation
  /** Shows an operation that this page did not do itself, until it is answered. */
  readonly adopt: (op: Operation, answer: Promise<Post | null>) => void
}

export type OpenOutbox = (context: OutboxContext) => Promise<Outbox>
