/** Resolves when another try makes sense: after the delay, when the network comes back, or when the signal aborts. */
export const waitForChance = (delayMs: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      globalThis.removeEventListener('online', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, delayMs)
    globalThis.addEventListener('online', done)
    signal.addEventListener('abort', done)
  })
