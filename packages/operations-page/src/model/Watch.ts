import type { PageClient } from '../client/createPageClient.ts'
import { PageFailure } from '../client/PageFailure.ts'
import { Store } from './Store.ts'

/** What was last heard of something that is asked for again and again. */
export interface Watched<Data> {
  /** Null until the first answer, and again when something else is watched. */
  data: Data | null
  /** When the server last said that this is so, by this device's clock; null with `data`. */
  confirmedAt: number | null
  /** Why the last try failed; null once one has not. */
  failure: PageFailure | null
}

const nothing = { data: null, confirmedAt: null, failure: null }

/** Longest wait after failures in a row. */
const maximumWaitMs = 30_000

interface WatchOptions<Data> {
  client: PageClient
  everyMs: number
  /** Called with each new answer before anybody sees it. */
  onAnswer?: (data: Data) => void
  onSignedOut: () => void
}

/** Asks for one path every few seconds while it is on. An answer to an earlier path is never shown. */
export class Watch<Data> {
  readonly store = new Store<Watched<Data>>(nothing)
  readonly everyMs: number
  readonly #options: WatchOptions<Data>
  #path: string | null = null
  #etag: string | null = null
  #failures = 0
  #on = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #asking: AbortController | null = null

  constructor(options: WatchOptions<Data>) {
    this.#options = options
    this.everyMs = options.everyMs
  }

  /** Watches another path, or nothing; what was known of the last one is forgotten, unless it may stay on show. */
  point(path: string | null, { keep = false }: { keep?: boolean } = {}): void {
    if (path === this.#path) return
    this.#stop()
    this.#path = path
    this.#etag = null
    this.#failures = 0
    if (!keep || path === null) this.store.set(nothing)
    if (this.#on) this.#ask()
  }

  start(): void {
    if (this.#on) return
    this.#on = true
    this.#ask()
  }

  stop(): void {
    this.#on = false
    this.#stop()
  }

  /** Asks now, whatever the timer says. */
  refresh(): void {
    if (!this.#on) return
    this.#stop()
    this.#ask()
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#asking?.abort()
    this.#asking = null
  }

  async #ask(): Promise<void> {
    const path = this.#path
    if (path === null) return
    const asking = new AbortController()
    this.#asking = asking
    try {
      const answer = await this.#options.client.read(path, this.#etag, asking.signal)
      if (asking.signal.aborted) return
      this.#take(answer.kind === 'same' ? null : { data: answer.data as Data, etag: answer.etag })
    } catch (error) {
      if (asking.signal.aborted) return
      this.#fail(error instanceof PageFailure ? error : new PageFailure('refused', String(error)))
    }
    if (this.#asking === asking) this.#asking = null
    if (this.#on && !asking.signal.aborted) this.#timer = setTimeout(() => this.#ask(), this.#wait())
  }

  #take(changed: { data: Data; etag: string | null } | null): void {
    this.#failures = 0
    if (changed) {
      this.#etag = changed.etag
      this.#options.onAnswer?.(changed.data)
    }
    const data = changed ? changed.data : this.store.value.data
    this.store.set({ data, confirmedAt: Date.now(), failure: null })
  }

  #fail(failure: PageFailure): void {
    this.#failures++
    this.store.set({ ...this.store.value, failure })
    if (failure.kind === 'signed_out') this.#options.onSignedOut()
  }

  #wait(): number {
    if (this.#failures === 0) return this.everyMs
    const asked = this.store.value.failure?.retryAfterMs ?? 0
    return Math.max(asked, Math.min(maximumWaitMs, this.everyMs * 2 ** (this.#failures - 1)))
  }
}
