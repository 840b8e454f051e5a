import type { Wants } from './Wants.ts'

interface PollingOptions {
  /** What no stream tells of just now. */
  uncovered: () => Wants
  /** Lists the heads of feeds anew; `turn` counts from 1. */
  readFeeds: (feedIds: readonly string[], turn: number) => void
  /** Reads an event anew. May reject. */
  readEvent: (eventId: string, signal: AbortSignal) => Promise<void>
}

const everyMs = 15_000
const longestMs = 60_000

/** Asks now and then for what no stream tells of; less often while it fails. */
export class Polling {
  readonly #options: PollingOptions
  #timer: ReturnType<typeof setTimeout> | undefined
  #controller = new AbortController()
  #turn = 0

  constructor(options: PollingOptions) {
    this.#options = options
  }

  start(): void {
    this.stop()
    this.#controller = new AbortController()
    this.#wait(everyMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#controller.abort()
  }

  #wait(ms: number): void {
    const { signal } = this.#controller
    this.#timer = setTimeout(() => void this.#poll(ms, signal), ms * (0.8 + Math.random() * 0.4))
  }

  async #poll(ms: number, signal: AbortSignal): Promise<void> {
    const { feeds, events } = this.#options.uncovered()
    this.#turn += 1
    let hasFailed = false
    if (globalThis.navigator?.onLine !== false) {
      if (feeds.length > 0) this.#options.readFeeds(feeds, this.#turn)
      const readings = await Promise.allSettled(events.map(eventId => this.#options.readEvent(eventId, signal)))
      hasFailed = readings.some(({ status }) => status === 'rejected')
    }
    if (!signal.aborted) this.#wait(hasFailed ? Math.min(longestMs, ms * 2) : everyMs)
  }
}
