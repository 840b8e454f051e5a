import type { Page } from '../contracts/values.ts'
import { TestProblem } from './TestProblem.ts'

const defaultLimit = 20

interface Listing<Item> {
  /** Which list it is: a cursor of another one is refused. */
  list: string
  /** In order. */
  items: readonly Item[]
  /** What an item is sorted by; unlike any other's. */
  keyOf: (item: Item) => string
  /** Whether an item stands after the one with that key. */
  isAfter: (item: Item, key: string) => boolean
}

interface PageRequest {
  cursor?: string | undefined
  limit?: number | undefined
}

/** One page of the list by keyset: what comes or goes meanwhile moves no page. */
export const listPage = <Item>(listing: Listing<Item>, { cursor, limit = defaultLimit }: PageRequest): Page<Item> => {
  const key = cursor === undefined ? null : readCursor(listing.list, cursor)
  const rest = key === null ? listing.items : listing.items.filter(item => listing.isAfter(item, key))
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  const nextCursor = last && rest.length > limit ? btoa(JSON.stringify([listing.list, listing.keyOf(last)])) : null
  return { items, nextCursor }
}

const readCursor = (list: string, cursor: string): string => {
  const parts = parseCursor(cursor)
  if (Array.isArray(parts) && parts[0] === list && typeof parts[1] === 'string') return parts[1]
  const message = "must be the nextCursor of this list's last answer: begin again without it"
  throw new TestProblem('invalid_request', { fields: { cursor: message } })
}

const parseCursor = (cursor: string): unknown => {
  try {
    return JSON.parse(atob(cursor))
  } catch {
    return null
  }
}
