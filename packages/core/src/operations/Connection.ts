import { abortedError } from '../client/Attempt.ts'
import { waitFor } from '../client/waitFor.ts'
import { VenueKitError } from '../VenueKitError.ts'
import { watchReturn } from './watchReturn.ts'

const firstPauseMs = 2_000
const longestPauseMs = 60_000

/** What is known of the way to the server, by what the browser says and by how requests fare. */
export class Connection {
  readonly #listeners = new Set<() => void>()
  #isLost = false

  get isOffline(): boolean {
    return this.#isLost || globalThis.navigator?.onLine === false
  }

  /** Does it, and again while the server cannot be reached: after a while, or when the visitor or the network is back. */
  async attempt<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        const result = await work()
        this.note(null)
        return result
      } catch (error) {
        this.note(error)
        if (!isUnreachable(error)) throw error
        await this.pause(signal, attempt)
        if (signal.aborted) throw abortedError('What waited for the network', error)
      }
    }
  }

  /** Takes in how a request fared: its error, null where it had an answer. */
  note(error: unknown): void {
    const isLost = isUnreachable(error)
    if (isLost === this.#isLost) return
    this.#isLost = isLost
    for (const listener of [...this.#listeners]) listener()
  }

  /** Resolves when another attempt makes sense. */
  async pause(signal: AbortSignal, attempt = 1): Promise<void> {
    const back = new AbortController()
    const stop = watchReturn(() => back.abort())
    const delayMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2)
    await waitFor(delayMs, AbortSignal.any([signal, back.signal]))
    stop()
  }

  /** Calls after `isOffline` may have changed; answers how to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    const changes = ['online', 'offline'] as const
    for (const type of changes) globalThis.addEventListener?.(type, listener)
    return () => {
      this.#listeners.delete(listener)
      for (const type of changes) globalThis.removeEventListener?.(type, listener)
    }
  }
}

/** No answer, or one from what stands between: nobody knows whether the request arrived. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof VenueKitError && (error.code === 'network' || error.code === 'timeout' || isProxys(error))

const isProxys = ({ code, retryable }: VenueKitError): boolean => code === 'invalid_response' && retryable
