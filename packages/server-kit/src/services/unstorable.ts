/** Postgres stores neither NUL nor half of a surrogate pair. */
const unstorable = /[\0\p{Cs}]/u

export const isUnstorable = (value: unknown): boolean => typeof value === 'string' && unstorable.test(value)

/** Every text within a value of JSON that cannot be stored, by its path. */
export const unstorablePaths = (value: unknown, path: readonly string[] = []): string[] => {
  if (isUnstorable(value)) return [path.join('.')]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => unstorablePaths(part, [...path, key]))
}

/** A value of JSON with what cannot be stored replaced, in its keys as well. */
export const toStorable = <Value>(value: Value): Value => {
  const store = (part: unknown): unknown => {
    if (typeof part === 'string') return part.replace(new RegExp(unstorable, 'gu'), '\ufffd')
    if (Array.isArray(part)) return part.map(store)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([key, child]) => [store(key), store(child)]))
  }
  return store(value) as Value
}
