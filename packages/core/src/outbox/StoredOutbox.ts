import { abortedError } from '../client/Attempt.ts'
import type { CallOptions } from '../client/callOptions.ts'
import type { Post } from '../contracts/feed.ts'
import { isUnreachable } from '../operations/Connection.ts'
import type { Outbox, OutboxContext } from '../operations/Outbox.ts'
import type { Operation } from '../operations/operation.ts'
import { pause } from '../operations/persist.ts'
import type { OutboxStore } from './OutboxStore.ts'
import { errorOf, type Refusal, refusalOf } from './refusal.ts'

/** What tabs tell each other. */
type News =
  | { readonly type: 'kept'; readonly op: Operation }
  | { readonly type: 'sent'; readonly opId: string; readonly post: Post | null }
  | { readonly type: 'refused'; readonly opId: string; readonly refusal: Refusal }

interface Waiting {
  readonly op: Operation
  readonly answer: Promise<Post | null>
  readonly resolve: (post: Post | null) => void
  readonly reject: (error: unknown) => void
}

/**
 * An outbox on the device, which outlives the page and which all tabs of a viewer share. Who holds the lock sends, in
 * the order things were done in any tab, and tells the others; a tab that dies lets go of the lock, and the next one
 * goes on. What was sent without an answer is sent again under the same ids, which the server takes once.
 */
export class StoredOutbox implements Outbox {
  readonly #store: OutboxStore
  readonly #context: OutboxContext
  readonly #waiting = new Map<string, Waiting>()
  readonly #channel: BroadcastChannel
  /** Writes of this tab, one after the other. */
  #written: Promise<unknown> = Promise.resolve()
  #draining = false
  #isCleared = false

  constructor(store: OutboxStore, context: OutboxContext) {
    this.#store = store
    this.#context = context
    this.#channel = new BroadcastChannel(`venuekit-outbox:${context.scope}`)
    this.#channel.onmessage = ({ data }: MessageEvent<News>) => this.#hear(data)
    context.signal.addEventListener('abort', () => this.#close(), { once: true })
    if (context.signal.aborted) this.#close()
  }

  /** Takes up what an earlier page left. */
  async open(): Promise<void> {
    for (const { op } of await this.#store.list(this.#context.scope)) this.#adopt(op)
    void this.#drain()
  }

  send(op: Operation, options: CallOptions = {}): Promise<Post | null> {
    const waiting = this.#wait(op)
    this.#tell({ type: 'kept', op })
    this.#keep(op)
    if (this.#context.signal.aborted) this.#refuse(op.opId, abortedError('What waits for the next page'))
    else if (options.keepalive) this.#sendAtOnce(op, options)
    else void this.#written.then(() => this.#drain())
    return waiting.answer
  }

  amend(op: Operation): void {
    if (this.#waiting.has(op.opId)) this.#keep(op)
  }

  async cancel({ opId }: Operation): Promise<boolean> {
    await this.#written
    const isTaken = await this.#store.takeBack(this.#context.scope, opId)
    if (isTaken)
      this.#announce({ type: 'refused', opId, refusal: refusalOf(abortedError('A post that was not sent yet')) })
    return isTaken
  }

  async clear(): Promise<void> {
    this.#isCleared = this.#context.signal.aborted
    this.#failAll(abortedError('What was not sent yet'))
    await this.#written
    await this.#store.clear(this.#context.scope)
  }

  /** Sends until nothing waits, with pauses while the server cannot be reached. */
  async #drain(): Promise<void> {
    const { signal } = this.#context
    if (this.#draining) return
    this.#draining = true
    try {
      for (let attempt = 1; !signal.aborted; attempt++) {
        const isOff = globalThis.navigator?.onLine === false && attempt === 1
        if (!isOff && (await this.#locked(() => this.#sendAll()))) return
        await pause(signal, attempt)
      }
    } catch (error) {
      if (!signal.aborted) this.#failAll(error)
    } finally {
      this.#draining = false
    }
  }

  /** True once nothing waits, false where the server cannot be reached. */
  async #sendAll(): Promise<boolean> {
    const { scope, signal, latest, connection } = this.#context
    for (;;) {
      await this.#written
      const [next] = await this.#store.list(scope)
      if (!next || signal.aborted) return true
      const op = latest(next.op)
      if (!(await this.#store.begin(scope, op.opId))) continue
      this.#adopt(op)
      try {
        const post = await this.#context.send(op, {})
        connection.note(null)
        await this.#settle({ type: 'sent', opId: op.opId, post })
      } catch (error) {
        connection.note(error)
        if (signal.aborted) return true
        if (isUnreachable(error)) return false
        await this.#settle({ type: 'refused', opId: op.opId, refusal: refusalOf(error) })
      }
    }
  }

  #sendAtOnce(op: Operation, options: CallOptions): void {
    const sent = (post: Post | null) => this.#settle({ type: 'sent', opId: op.opId, post })
    // Where it fails it is still kept: the next page sends it.
    this.#context.send(op, options).then(sent, () => this.#drain())
  }

  /** Before the lock goes, so that nobody sends it again. */
  async #settle(news: News & { opId: string }): Promise<void> {
    await this.#store.remove(this.#context.scope, news.opId)
    this.#announce(news)
  }

  #announce(news: News): void {
    this.#tell(news)
    this.#hear(news)
  }

  #hear(news: News): void {
    if (news.type === 'kept') {
      this.#adopt(news.op)
      // Its tab may die before it has sent it: then this one is next.
      void this.#drain()
    } else if (news.type === 'sent') {
      this.#waiting.get(news.opId)?.resolve(news.post)
      this.#waiting.delete(news.opId)
    } else this.#refuse(news.opId, errorOf(news.refusal))
  }

  /** Shows what another page did. */
  #adopt(op: Operation): void {
    if (this.#waiting.has(op.opId) || this.#context.signal.aborted) return
    this.#context.adopt(op, this.#wait(op).answer)
  }

  #wait(op: Operation): Waiting {
    const known = this.#waiting.get(op.opId)
    if (known) return known
    let [resolve, reject]: [Waiting['resolve'], Waiting['reject']] = [() => {}, () => {}]
    const answer = new Promise<Post | null>((...settle) => {
      ;[resolve, reject] = settle
    })
    const waiting = { op, answer, resolve, reject }
    this.#waiting.set(op.opId, waiting)
    return waiting
  }

  #keep(op: Operation): void {
    if (this.#isCleared) return
    const write = () => this.#store.put(this.#context.scope, op)
    this.#written = this.#written.then(write).catch(error => this.#refuse(op.opId, error))
  }

  #refuse(opId: string, error: unknown): void {
    this.#waiting.get(opId)?.reject(error)
    this.#waiting.delete(opId)
  }

  #failAll(error: unknown): void {
    for (const opId of [...this.#waiting.keys()]) this.#refuse(opId, error)
  }

  #tell(news: News): void {
    if (!this.#context.signal.aborted) this.#channel.postMessage(news)
  }

  #close(): void {
    this.#channel.close()
    this.#failAll(abortedError('What waited to be sent'))
  }

  /** Without locks (a page over plain http) each tab sends for itself; the server still takes each thing once. */
  async #locked<Result>(work: () => Promise<Result>): Promise<Result> {
    const { scope, signal } = this.#context
    const { locks } = globalThis.navigator
    return locks ? locks.request(`venuekit-outbox:${scope}`, { signal }, work) : work()
  }
}
