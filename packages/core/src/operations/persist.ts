import { abortedError } from '../client/Attempt.ts'
import { waitFor } from '../client/waitFor.ts'
import { type Connection, isUnreachable } from './Connection.ts'
import { watchReturn } from './watchReturn.ts'

const firstPauseMs = 2_000
const longestPauseMs = 60_000

/** Does it, and again while the server cannot be reached: after a while, or when the visitor or the network is back. */
export const persist = async <Result>(
  connection: Connection,
  work: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> => {
  for (let attempt = 1; ; attempt++) {
    try {
      const result = await work()
      connection.note(null)
      return result
    } catch (error) {
      connection.note(error)
      if (!isUnreachable(error)) throw error
      await pause(signal, attempt)
      if (signal.aborted) throw abortedError('What waited for the network', error)
    }
  }
}

/** Resolves when another attempt makes sense. */
export const pause = async (signal: AbortSignal, attempt = 1): Promise<void> => {
  const back = new AbortController()
  const stop = watchReturn(() => back.abort())
  const delayMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2)
  await waitFor(delayMs, AbortSignal.any([signal, back.signal]))
  stop()
}
