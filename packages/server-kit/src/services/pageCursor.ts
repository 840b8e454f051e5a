import { fromBase64url, toBase64url } from './base64url.ts'
import { ProblemError } from './problemError.ts'

/** Which list a cursor belongs to: a cursor of another list is refused, not misread. */
export type CursorList =
  | `events:${string}`
  | `admin-events:${string}`
  | `operations:${string}`
  | `orders:${string}`
  | `posts:${string}`
  | `feeds:${string}`
  | `reports:${string}`
  | `revocations:${string}`

const refusal = (): ProblemError =>
  new ProblemError('invalid_request', {
    fields: { cursor: "must be the nextCursor of this list's last answer: begin again without it" },
  })

const readParts = (text: string): unknown => {
  const bytes = fromBase64url(text)
  if (!bytes) return null
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return null
  }
}

/** SQL's position as the opaque text that callers hand back. */
export const toPageCursor = (list: CursorList, position: string | null): string | null =>
  position === null ? null : toBase64url(new TextEncoder().encode(JSON.stringify([list, position])))

/** SQL's position again. Throws `invalid_request` for garbage and for another list's cursor. */
export const fromPageCursor = (list: CursorList, cursor: string | undefined): string | null => {
  if (cursor === undefined) return null
  const parts = readParts(cursor)
  if (!Array.isArray(parts) || parts.length !== 2 || parts[0] !== list || typeof parts[1] !== 'string') throw refusal()
  // Postgres has no text with NUL.
  if (parts[1].includes('\0')) throw refusal()
  return parts[1]
}

/** SQL did not understand the position. */
export const badCursor = refusal
