/** Postgres stores neither NUL nor half of a surrogate pair. */
const unstorable = /[\0\p{Cs}]/u

export const isUnstorable = (value: unknown): boolean => typeof value === 'string' && unstorable.test(value)

/** Every text within a value of JSON that cannot be stored, by its path. */
export const unstorablePaths = (value: unknown, path: readonly string[] = []): string[] => {
  if (isUnstorable(value)) return [path.join('.')]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => unstorablePaths(part, [...path, key]))
}
