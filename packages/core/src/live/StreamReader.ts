import type { VenueKitClient } from '../client/VenueKitClient.ts'
import { waitFor } from '../client/waitFor.ts'
import type { LiveMessage } from '../contracts/live.ts'
import { VenueKitError } from '../VenueKitError.ts'
import { readEvents } from './readEvents.ts'
import { isNothing, lessWants, nothing, uniteWants, type Wants } from './Wants.ts'

interface ReaderOptions {
  client: Pick<VenueKitClient, 'live'>
  /** Tells of what the stream says; `covered` of nothing while there is none. */
  hear: {
    message(message: LiveMessage): void
    cursor(cursor: string): void
    covered(wants: Wants): void
    /** It ended as streams do after a while: who still wants something says so again. */
    ended(): void
  }
  /** Where the tab stands that begins to read; null where it stands nowhere. */
  after: string | null
}

/** So that those who come at the same time share the first stream. */
const gatherMs = 50
const firstPauseMs = 2_000
const longestPauseMs = 60_000

/**
 * Reads one stream for all tabs, again and again until it is aborted: it resumes where it stood, after a pause that
 * grows while it fails. Who wants more than it covers has it opened anew.
 */
export class StreamReader {
  readonly #client: Pick<VenueKitClient, 'live'>
  readonly #hear: ReaderOptions['hear']
  readonly #wants = new Map<string, Wants>()
  /** Where those stand who wait to be covered. */
  #afters: (string | null)[] = []
  #cursor: string | null
  #retryMs = firstPauseMs
  #failures = 0
  #covered = nothing
  #changed = new AbortController()

  constructor({ client, hear, after }: ReaderOptions) {
    this.#client = client
    this.#hear = hear
    this.#cursor = after
  }

  get covered(): Wants {
    return this.#covered
  }

  /** What that tab wants from now on. */
  want(tab: string, wants: Wants, after: string | null): void {
    const known = this.#wants.get(tab) ?? nothing
    this.#wants.set(tab, wants)
    if (isNothing(lessWants(wants, known))) return
    const isHere = after !== null && after === this.#cursor
    if (isHere && isNothing(lessWants(wants, this.#covered))) return
    if (!isHere && !this.#afters.includes(after)) this.#afters.push(after)
    this.#changed.abort()
  }

  forget(tab: string): void {
    this.#wants.delete(tab)
  }

  async read(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await waitFor(gatherMs, signal)
      this.#changed = new AbortController()
      const either = AbortSignal.any([signal, this.#changed.signal])
      const wants = uniteWants([...this.#wants.values()])
      if (isNothing(wants)) await waitFor(longestPauseMs, either)
      else await waitFor(await this.#readOnce(wants, either), either)
    }
    this.#cover(nothing)
  }

  /** Answers how long to wait before the next. */
  async #readOnce(wants: Wants, signal: AbortSignal): Promise<number> {
    const [after = this.#cursor] = this.#afters
    try {
      const body = await this.#open(wants, after, signal)
      this.#failures = 0
      this.#afters.shift()
      this.#cover(wants)
      await readEvents(body, this.#handlers(), signal)
      // Tabs that died without a word are forgotten so.
      this.#wants.clear()
      this.#hear.ended()
      return this.#retryMs
    } catch (error) {
      if (signal.aborted) return 0
      this.#cover(nothing)
      return this.#pauseAfter(error)
    }
  }

  async #open({ feeds, events }: Wants, after: string | null, signal: AbortSignal) {
    const query = {
      ...(feeds.length > 0 ? { feeds: feeds.join(',') } : {}),
      ...(events.length > 0 ? { events: events.join(',') } : {}),
    }
    const body = await this.#client.live({ query }, { signal, ...(after === null ? {} : { lastEventId: after }) })
    // Browsers that cannot stream answers have none.
    if (!body) throw new Error('This browser reads no streams.')
    return body
  }

  #handlers() {
    return {
      event: (_type: string, data: string) => {
        const message = parseMessage(data)
        if (message) this.#hear.message(message)
      },
      id: (cursor: string) => {
        this.#cursor = cursor
        this.#hear.cursor(cursor)
      },
      retry: (ms: number) => {
        this.#retryMs = Math.min(ms, longestPauseMs)
      },
    }
  }

  #pauseAfter(error: unknown): number {
    this.#failures += 1
    const isRefused = error instanceof VenueKitError && !error.retryable
    const grown = isRefused ? longestPauseMs : Math.min(longestPauseMs, firstPauseMs * 2 ** (this.#failures - 1))
    const wished = error instanceof VenueKitError ? (error.retryAfterMs ?? 0) : 0
    return Math.max(grown, wished) * (0.5 + Math.random() / 2)
  }

  #cover(wants: Wants): void {
    this.#covered = wants
    this.#hear.covered(wants)
  }
}

const types: ReadonlySet<string> = new Set<LiveMessage['type']>(['post', 'post_removed', 'features', 'event', 'reset'])

/** Null for what only a newer version understands. */
const parseMessage = (data: string): LiveMessage | null => {
  const message: LiveMessage = JSON.parse(data)
  return types.has(message.type) ? message : null
}
