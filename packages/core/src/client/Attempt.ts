import { VenueKitError } from '../VenueKitError.ts'

/** One attempt of a call: its time limit, and who may end it. */
export class Attempt {
  readonly signal: AbortSignal
  readonly #request: string
  readonly #caller: AbortSignal | undefined
  readonly #controller = new AbortController()
  readonly #timer: ReturnType<typeof setTimeout>
  #timedOut = false

  constructor(request: string, timeoutMs: number, caller: AbortSignal | undefined) {
    this.#request = request
    this.#caller = caller
    this.signal = caller ? AbortSignal.any([caller, this.#controller.signal]) : this.#controller.signal
    this.#timer = setTimeout(() => {
      this.#timedOut = true
      this.#controller.abort()
    }, timeoutMs)
  }

  /** Does the work, but no longer than the attempt; names what ended it. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    let onAbort = () => {}
    const ended = new Promise<never>((_, reject) => {
      onAbort = () => reject(this.signal.reason)
    })
    this.signal.addEventListener('abort', onAbort)
    try {
      if (this.signal.aborted) throw this.signal.reason
      return await Promise.race([work(), ended])
    } catch (error) {
      throw this.#name(error)
    } finally {
      clearTimeout(this.#timer)
      this.signal.removeEventListener('abort', onAbort)
    }
  }

  #name(error: unknown): unknown {
    if (this.#caller?.aborted) return abortedError(this.#request, error)
    if (this.#timedOut) return this.#lost('timeout', 'No answer in time', error)
    if (error instanceof VenueKitError) return error
    return this.#lost('network', 'The server could not be reached', error)
  }

  #lost(code: 'timeout' | 'network', title: string, cause: unknown): VenueKitError {
    return new VenueKitError({ request: this.#request, code, status: null, title, retryable: true, cause })
  }
}

export const abortedError = (request: string, cause?: unknown): VenueKitError =>
  new VenueKitError({ request, code: 'aborted', status: null, title: 'The call was ended', retryable: false, cause })
