import { VenueKitError } from '../VenueKitError.ts'

/** What is known of the way to the server, by what the browser says and by how requests fare. */
export class Connection {
  readonly #listeners = new Set<() => void>()
  #isLost = false

  get isOffline(): boolean {
    return this.#isLost || globalThis.navigator?.onLine === false
  }

  /** Takes in how a request fared: its error, null where it had an answer. */
  note(error: unknown): void {
    const isLost = isUnreachable(error)
    if (isLost === this.#isLost) return
    this.#isLost = isLost
    for (const listener of [...this.#listeners]) listener()
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
