import { abortedError } from '../client/Attempt.ts'

interface Job {
  send: () => Promise<unknown>
  cancel: () => void
}

/** Sends one thing after the other, in the order asked for; what was not sent yet can be taken back. */
export class SendQueue {
  readonly #waiting = new Map<string, Job>()
  readonly #whenReady: () => Promise<void> | null
  #sending = false

  /** `whenReady` answers what to wait for before anything is sent; null where nothing stands against it. */
  constructor(whenReady: () => Promise<void> | null) {
    this.#whenReady = whenReady
  }

  /** Resolves or rejects as `send` does; rejects with `aborted` when it is cancelled before. */
  add<Result>(id: string, send: () => Promise<Result>): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.set(id, {
        send: () => send().then(resolve, reject),
        cancel: () => reject(abortedError('A post that was not sent yet')),
      })
      if (!this.#sending) void this.#sendAll()
    })
  }

  /** True where it had not been sent, and now never will be. */
  cancel(id: string): boolean {
    const job = this.#waiting.get(id)
    this.#waiting.delete(id)
    job?.cancel()
    return job !== undefined
  }

  close(): void {
    for (const id of [...this.#waiting.keys()]) this.cancel(id)
  }

  async #sendAll(): Promise<void> {
    this.#sending = true
    while (this.#waiting.size > 0) {
      const ready = this.#whenReady()
      if (ready) await ready
      const [next] = this.#waiting
      if (!next) break
      this.#waiting.delete(next[0])
      await next[1].send()
    }
    this.#sending = false
  }
}
