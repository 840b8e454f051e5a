/** A map that forgets its oldest entries beyond `maximum`, and any entry after `keepMs`. */
export interface RecentMap<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
  delete(key: string): void
}

export const createRecentMap = <Value>(options: {
  keepMs: number
  maximum: number
  now?: () => number
}): RecentMap<Value> => {
  const { keepMs, maximum, now = () => performance.now() } = options
  const entries = new Map<string, { value: Value; endsAt: number }>()
  return {
    get(key) {
      const entry = entries.get(key)
      if (!entry) return undefined
      if (entry.endsAt > now()) return entry.value
      entries.delete(key)
      return undefined
    },
    set(key, value) {
      entries.delete(key)
      entries.set(key, { value, endsAt: now() + keepMs })
      for (const oldest of entries.keys()) {
        if (entries.size <= maximum) break
        entries.delete(oldest)
      }
    },
    delete: key => entries.delete(key),
  }
}
