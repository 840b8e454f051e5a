import { toBase64url } from './base64url.ts'
import { sha256 } from './sha256.ts'

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))
  return Object.fromEntries(entries.map(([key, child]) => [key, sorted(child)]))
}

/** The same for bodies that say the same, in whatever order their members stand. */
export const requestHash = async (body: unknown): Promise<string> =>
  toBase64url(await sha256(JSON.stringify(sorted(body))))
