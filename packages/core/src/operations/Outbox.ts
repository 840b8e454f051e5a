import type { CallOptions } from '../client/callOptions.ts'
import type { Post } from '../contracts/feed.ts'
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
}
