import { createId } from '../client/createId.ts'
import type { VenueKitClient } from '../client/VenueKitClient.ts'
import type { Author, CreatePostRequest, Post } from '../contracts/feed.ts'
import { VenueKitError } from '../VenueKitError.ts'
import type { FeedPost } from './FeedPage.ts'
import type { OperationLog } from './OperationLog.ts'
import type { CreateOperation, DeleteOperation } from './operation.ts'
import { pendingPost } from './pendingPost.ts'
import { SendQueue } from './SendQueue.ts'

/** A post to write. Give the `clientId` of a failed one to try it again: it cannot come twice. */
export type PostDraft = Omit<CreatePostRequest, 'clientId'> & { clientId?: string }

/** The post to delete: a row of the feed, or what is known of it. */
export type PostToDelete = Pick<FeedPost, 'id' | 'clientId' | 'feedId'>

interface Surroundings {
  client: VenueKitClient
  log: OperationLog
  /** Who a pending post is by. */
  author: Author
  /** Ends every request, when another viewer takes over. */
  signal: AbortSignal
}

/** Does things to feeds: at once in the log, then at the server. */
export class FeedOperations {
  readonly #client: VenueKitClient
  readonly #log: OperationLog
  readonly #author: Author
  readonly #signal: AbortSignal
  readonly #queues = new Map<string, SendQueue>()
  /** Creates without an answer, by client id: a delete waits for them. */
  readonly #unanswered = new Map<string, { op: CreateOperation; posted: Promise<Post> }>()

  constructor({ client, log, author, signal }: Surroundings) {
    this.#client = client
    this.#log = log
    this.#author = author
    this.#signal = signal
    signal.addEventListener('abort', () => this.#close(), { once: true })
  }

  /** Shows the post at once and sends it, after those of the same feed that came before. Rejects as the client does. */
  createPost(feedId: string, draft: PostDraft): Promise<Post> {
    const request = { ...draft, clientId: draft.clientId ?? createId() }
    const { clientId } = request
    const known = this.#unanswered.get(clientId)
    if (known) return known.posted
    const post = pendingPost(feedId, request, this.#author, this.#log.mark().at)
    const op: CreateOperation = { kind: 'create', opId: createId(), feedId, clientId, request, post }
    this.#log.apply(op)
    const posted = this.#queueOf(feedId).add(op.opId, () => this.#sendCreate(op))
    this.#unanswered.set(clientId, { op, posted })
    return this.#settle(op.opId, posted, created => created).finally(() => this.#unanswered.delete(clientId))
  }

  /** Hides the post at once. One that was never sent is never sent; one on its way is awaited and then deleted. */
  async deletePost(target: PostToDelete): Promise<void> {
    const create = target.clientId === null ? undefined : this.#unanswered.get(target.clientId)
    if (create && this.#queueOf(target.feedId).cancel(create.op.opId)) return
    const op: DeleteOperation = {
      kind: 'delete',
      opId: createId(),
      feedId: target.feedId,
      clientId: target.clientId,
      postId: create ? null : target.id,
    }
    this.#log.apply(op)
    const created = create ? await create.posted.catch(() => null) : target
    // The post never came to be: there is nothing to delete, and nothing to hide should it be tried again.
    if (!created) this.#log.reject(op.opId)
    else await this.#settle(op.opId, this.#sendDelete(created.id), () => null)
  }

  async #sendCreate({ feedId, request }: CreateOperation): Promise<Post> {
    const { post } = await this.#client.createPost({ params: { feedId }, body: request }, { signal: this.#signal })
    return post
  }

  async #sendDelete(postId: string): Promise<void> {
    try {
      await this.#client.deletePost({ params: { postId } }, { signal: this.#signal })
    } catch (error) {
      // Somebody was faster.
      if (!(error instanceof VenueKitError && error.code === 'not_found')) throw error
    }
  }

  /** Tells the log how it went. */
  async #settle<Result>(opId: string, work: Promise<Result>, postOf: (result: Result) => Post | null): Promise<Result> {
    try {
      const result = await work
      this.#log.ack(opId, postOf(result))
      return result
    } catch (error) {
      this.#log.reject(opId)
      throw error
    }
  }

  #queueOf(feedId: string): SendQueue {
    const queue = this.#queues.get(feedId) ?? new SendQueue()
    this.#queues.set(feedId, queue)
    return queue
  }

  #close(): void {
    for (const queue of this.#queues.values()) queue.close()
  }
}
