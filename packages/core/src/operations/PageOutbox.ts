import type { CallOptions } from '../client/callOptions.ts'
import type { Post } from '../contracts/feed.ts'
import type { Connection } from './Connection.ts'
import type { Outbox } from './Outbox.ts'
import type { Operation } from './operation.ts'
import { SendQueue } from './SendQueue.ts'

interface Surroundings {
  connection: Connection
  /** One attempt. */
  send: (op: Operation, options: CallOptions) => Promise<Post | null>
  /** The operation as it is wanted by now. */
  latest: (op: Operation) => Operation
  signal: AbortSignal
}

/** An outbox that lives as long as the page. */
export class PageOutbox implements Outbox {
  readonly #surroundings: Surroundings
  readonly #queues = new Map<string, SendQueue>()

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
    surroundings.signal.addEventListener('abort', () => this.#close(), { once: true })
  }

  send(op: Operation, options: CallOptions = {}): Promise<Post | null> {
    const { connection, send, latest, signal } = this.#surroundings
    const work = () => connection.attempt(() => send(latest(op), options), signal)
    return op.kind === 'create' ? this.#queueOf(op.feedId).add(op.opId, work) : work()
  }

  cancel(op: Operation): boolean {
    return this.#queueOf(op.feedId).cancel(op.opId)
  }

  #queueOf(feedId: string): SendQueue {
    const { connection, signal } = this.#surroundings
    const whenReady = () => (connection.isOffline ? connection.pause(signal) : null)
    const queue = this.#queues.get(feedId) ?? new SendQueue(whenReady)
    this.#queues.set(feedId, queue)
    return queue
  }

  #close(): void {
    for (const queue of this.#queues.values()) queue.close()
  }
}
