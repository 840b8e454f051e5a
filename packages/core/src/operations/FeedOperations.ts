import { createId } from '../client/createId.ts'
import type { VenueKitClient } from '../client/VenueKitClient.ts'
import type { Author, CreatePostRequest, MediaItem, Post } from '../contracts/feed.ts'
import { DelayedDelete } from './DelayedDelete.ts'
import type { FeedLists } from './FeedLists.ts'
import { type FeedPost, renderKey } from './FeedPage.ts'
import type { OperationLog } from './OperationLog.ts'
import type { Outbox } from './Outbox.ts'
import type { CreateOperation, DeleteOperation, Operation, ReactOperation } from './operation.ts'
import { pendingPost } from './pendingPost.ts'

/**
 * A post to write. Give the `clientId` of a failed one to try it again: it cannot come twice. `preview` is what the row
 * shows of its media until the answer; it is kept on the device with the post, which addresses of blobs do not outlive.
 */
export type PostDraft = Omit<CreatePostRequest, 'clientId'> & { clientId?: string; preview?: readonly MediaItem[] }

/** A row of the feed, or what is known of it. */
export type PostReference = Pick<FeedPost, 'id' | 'clientId' | 'feedId'>

interface Surroundings {
  client: VenueKitClient
  log: OperationLog
  lists: FeedLists
  outbox: Outbox
  /** Who a pending post is by. */
  author: Author
  /** Ends every request, when another viewer takes over. */
  signal: AbortSignal
}

interface Unanswered {
  op: CreateOperation
  posted: Promise<Post>
}

/** Does things to feeds: at once in the log, then at the server. */
export class FeedOperations {
  readonly #client: VenueKitClient
  readonly #log: OperationLog
  readonly #lists: FeedLists
  readonly #outbox: Outbox
  readonly #author: Author
  readonly #signal: AbortSignal
  /** Creates without an answer, by client id: what is done to them waits for it. */
  readonly #unanswered = new Map<string, Unanswered>()
  /** Reactions under way, by their operation's id. */
  readonly #reacting = new Map<string, Promise<void>>()
  readonly #delayed = new Set<DelayedDelete>()

  constructor({ client, log, lists, outbox, author, signal }: Surroundings) {
    this.#client = client
    this.#log = log
    this.#lists = lists
    this.#outbox = outbox
    this.#author = author
    this.#signal = signal
    signal.addEventListener('abort', () => this.#restore(), { once: true })
  }

  /** Shows the post at once and sends it, after those of the same feed that came before. Rejects as the client does. */
  createPost(feedId: string, { preview: media = [], ...draft }: PostDraft): Promise<Post> {
    const request = { ...draft, clientId: draft.clientId ?? createId() }
    const { clientId } = request
    const known = this.#unanswered.get(clientId)
    if (known) return known.posted
    const post = pendingPost({ feedId, request, author: this.#author, media, now: this.#log.mark().at })
    return this.#create({ kind: 'create', opId: createId(), feedId, clientId, request, post })
  }

  /** Hides the post at once. One that was never sent is never sent; one on its way is awaited and then deleted. */
  async deletePost(target: PostReference): Promise<void> {
    await this.#hide(target).send(false)
  }

  /** Hides the post at once, and deletes it after a while unless that is undone. */
  deletePostLater(target: PostReference, delayMs: number): DelayedDelete {
    const { send, restore } = this.#hide(target)
    const delayed = new DelayedDelete({ delayMs, send, restore })
    this.#delayed.add(delayed)
    const forget = () => void this.#delayed.delete(delayed)
    delayed.done.then(forget, forget)
    return delayed
  }

  /**
   * Shows the reaction at once. What is wished for while a request is under way is sent after it, and only where it is
   * another wish by then. Whoever wishes meanwhile waits for the last one.
   */
  setReaction(target: PostReference, reacted: boolean): Promise<void> {
    const { feedId, clientId } = target
    const opId = `react:${renderKey(target)}`
    const create = this.#createOf(target)
    const wish: ReactOperation = { kind: 'react', opId, feedId, clientId, postId: create ? null : target.id, reacted }
    const before = this.#log.find(opId)?.op
    this.#log.apply(before?.kind === 'react' ? { ...before, reacted } : wish)
    const underWay = this.#reacting.get(opId)
    if (underWay) {
      const wished = this.#log.find(opId)?.op
      if (wished) this.#outbox.amend?.(wished)
      return underWay
    }
    const done = this.#react(wish, create)
    this.#reacting.set(opId, done)
    return done
  }

  /** Not shown before the answer: a pinned post's place is the server's to say. */
  async pinPost(target: PostReference, pinned: boolean): Promise<Post> {
    const input = { params: { postId: target.id }, body: { pinned } }
    const { post } = await this.#client.pinPost(input, { signal: this.#signal })
    this.#lists.commitPost(post)
    return post
  }

  /** Shows what another page did, such as this one before it was loaded anew, until it is answered. */
  adopt(op: Operation, answer: Promise<Post | null>): void {
    if (op.kind === 'create') return void this.#create(op, answer).catch(() => {})
    this.#log.apply(op)
    const settled = this.#settle(op.opId, answer, () => null)
    const adopted = op.kind === 'delete' ? settled : settled.then(post => this.#show(op, post))
    adopted.catch(() => {}).finally(() => void (op.kind === 'react' && this.#log.reject(op.opId)))
  }

  /** Sends at once, in requests that outlive the page, what was deleted a moment ago. */
  flush(): void {
    for (const delayed of this.#delayed) delayed.flush()
  }

  #create(op: CreateOperation, answer?: Promise<Post | null>): Promise<Post> {
    this.#log.apply(op)
    const posted = (answer ?? this.#outbox.send(op)).then(
      post => post ?? Promise.reject(new Error('A post has no answer.')),
    )
    const settled = this.#settle(op.opId, posted, post => post).finally(() => this.#unanswered.delete(op.clientId))
    this.#unanswered.set(op.clientId, { op, posted: settled })
    return settled
  }

  /** Gives up what was done and not sent, on the device too. */
  forget(): void {
    this.#restore()
    this.#outbox.clear?.().catch(() => {})
  }

  /** Undoes what was deleted a moment ago. */
  #restore(): void {
    for (const delayed of this.#delayed) delayed.undo()
  }

  /** Takes the row out of sight; answers how to go on, and how to bring it back. */
  #hide(target: PostReference) {
    const { feedId, clientId, id } = target
    const create = this.#createOf(target)
    const op: DeleteOperation = { kind: 'delete', opId: createId(), feedId, clientId, postId: create ? null : id }
    this.#log.apply(op)
    const restore = () => this.#log.reject(op.opId)
    return { restore, send: (atOnce: boolean) => this.#delete(op, create, atOnce) }
  }

  async #delete(op: DeleteOperation, create: Unanswered | undefined, atOnce: boolean): Promise<void> {
    const isUnsent = create && this.#createOf(op) === create && (await this.#outbox.cancel(create.op))
    if (isUnsent) this.#log.reject(create.op.opId)
    const created = create && !isUnsent ? await create.posted.catch(() => null) : null
    const postId = op.postId ?? created?.id ?? null
    // The post never came to be: there is nothing to delete, and nothing to hide should it be tried again.
    if (postId === null) return this.#log.reject(op.opId)
    const named = { ...op, postId }
    this.#log.apply(named)
    await this.#settle(op.opId, this.#outbox.send(named, atOnce ? { keepalive: true } : {}), () => null)
    this.#lists.dropPost(op.feedId, postId)
  }

  async #react({ opId, feedId, postId }: ReactOperation, create: Unanswered | undefined): Promise<void> {
    try {
      // A new post has no reactions: who changed their mind meanwhile sends nothing.
      let known = create ? false : null
      const created = await create?.posted.catch(() => null)
      const id = create ? created?.id : postId
      for (;;) {
        const wish = this.#log.find(opId)?.op
        if (!id || wish?.kind !== 'react' || wish.reacted === known) return
        this.#log.apply({ ...wish, postId: id })
        const post = await this.#outbox.send({ ...wish, postId: id })
        this.#show({ feedId, postId: id }, post)
        if (!post) return
        const latest = this.#log.find(opId)?.op
        if (latest?.kind === 'react' && latest.reacted === wish.reacted) return
        known = post.reactions.mine
      }
    } finally {
      this.#reacting.delete(opId)
      this.#log.reject(opId)
    }
  }

  #show({ feedId, postId }: Pick<ReactOperation, 'feedId' | 'postId'>, post: Post | null): void {
    if (post) this.#lists.commitPost(post)
    else if (postId !== null) this.#lists.dropPost(feedId, postId)
  }

  #createOf({ clientId }: Pick<PostReference, 'clientId'>): Unanswered | undefined {
    return clientId === null ? undefined : this.#unanswered.get(clientId)
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
}
