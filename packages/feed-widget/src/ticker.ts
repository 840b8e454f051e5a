/** Calls its listeners every so often, with one timer for all and none while nobody listens. */
export interface Ticker {
  subscribe(listener: () => void): () => void
}

export const createTicker = (everyMs: number): Ticker => {
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setInterval> | null = null
  const tick = () => {
    for (const listener of listeners) listener()
  }
  return {
    subscribe(listener) {
      listeners.add(listener)
      timer ??= setInterval(tick, everyMs)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0 || timer === null) return
        clearInterval(timer)
        timer = null
      }
    },
  }
}
