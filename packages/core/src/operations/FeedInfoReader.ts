import type { FeedFeatures, FeedInfo } from '../contracts/feed.ts'
import { freshForMs } from './FeedReader.ts'
import { watchReturn } from './watchReturn.ts'

/** What is known of a feed at one moment; the same object until some of it changes. */
export interface FeedInfoSnapshot {
  /** Null before it was read. */
  readonly info: FeedInfo | null
  /** Why the last reading failed, mostly a `VenueKitError`; null once one succeeds. */
  readonly error: unknown
}

interface InfoSource {
  ask: (signal: AbortSignal) => Promise<FeedInfo>
  /** The clock, in ms. */
  now: () => number
}

/** Reads what a feed offers and allows while somebody subscribes, and again when the visitor comes back. */
export class FeedInfoReader {
  readonly #source: InfoSource
  readonly #listeners = new Set<() => void>()
  readonly #closing = new AbortController()
  #snapshot: FeedInfoSnapshot = { info: null, error: null }
  #readAt = Number.NEGATIVE_INFINITY
  #reading: Promise<void> | null = null
  #stop = () => {}

  constructor(source: InfoSource) {
    this.#source = source
  }

  get snapshot(): FeedInfoSnapshot {
    return this.#snapshot
  }

  /** Calls after a change of `snapshot`; answers how to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1) this.#open()
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#stop()
    }
  }

  /** Reads it anew. Never rejects: see `error`. */
  refresh(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null
    })
    return this.#reading
  }

  /** Takes in what was switched on or off just now. */
  tell(features: FeedFeatures): void {
    const { info } = this.#snapshot
    if (info) this.#set({ info: { ...info, features }, error: null })
  }

  /** Reads no more, for good. */
  close(): void {
    this.#stop()
    this.#closing.abort()
  }

  #open(): void {
    const refreshIfOld = () => {
      if (this.#source.now() - this.#readAt >= freshForMs) void this.refresh()
    }
    this.#stop = watchReturn(refreshIfOld)
    refreshIfOld()
  }

  async #read(): Promise<void> {
    const { signal } = this.#closing
    if (signal.aborted) return
    const readAt = this.#source.now()
    try {
      const info = await this.#source.ask(signal)
      this.#readAt = readAt
      this.#set({ info, error: null })
    } catch (error) {
      if (!signal.aborted) this.#set({ ...this.#snapshot, error })
    }
  }

  #set(snapshot: FeedInfoSnapshot): void {
    this.#snapshot = snapshot
    for (const listener of [...this.#listeners]) listener()
  }
}
