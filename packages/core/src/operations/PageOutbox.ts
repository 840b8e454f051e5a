import type { CallOptions } from '../client/callOptions.ts'
import type { Post } from '../contracts/feed.ts'
import type { Outbox, OutboxContext } from './Outbox.ts'
import type { Operation } from './operation.ts'
import { pause, persist } from './persist.ts'
import { SendQueue } from './SendQueue.ts'

/** An outbox that lives as long as the page. */
export class PageOutbox implements Outbox {
  readonly #context: OutboxContext
  readonly #queues = new Map<string, SendQueue>()

  constructor(context: OutboxContext) {
    this.#context = context
    context.signal.addEventListener('abort', () => this.#close(), { once: true })
  }

  send(op: Operation, options: CallOptions = {}): Promise<Post | null> {
    const { connection, send, latest, signal } = this.#context
    const work = () => persist(connection, () => send(latest(op), options), signal)
    return op.kind === 'create' ? this.#queueOf(op.feedId).add(op.opId, work) : work()
  }

  cancel(op: Operation): boolean {
    return this.#queueOf(op.feedId).cancel(op.opId)
  }

  #queueOf(feedId: string): SendQueue {
    const { connection, signal } = this.#context
    const whenReady = () => (connection.isOffline ? pause(signal) : null)
    const queue = this.#queues.get(feedId) ?? new SendQueue(whenReady)
    this.#queues.set(feedId, queue)
    return queue
  }

  #close(): void {
    for (const queue of this.#queues.values()) queue.close()
  }
}
