import type { RequestIdVariables } from 'hono/request-id'

/** What the machine below tells of a request beside the request itself. */
export interface RequestFacts {
  /** The address of whoever opened the connection. */
  clientAddress?: string
  /** Keeps the machine up for work that the answer does not wait for (Workers, Edge Functions). */
  waitUntil?: (work: Promise<unknown>) => void
}

export interface KitEnv {
  Bindings: RequestFacts
  Variables: RequestIdVariables
}
