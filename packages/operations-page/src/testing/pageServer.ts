import type {
  Operations,
  OperationsEvent,
  OperationsEventPage,
  OperationsEventResponse,
  SalesStep,
} from '@venuekit/core/contracts'
import type { PageClient } from '../client/createPageClient.ts'
import { PageFailure } from '../client/PageFailure.ts'
import { sampleSales } from './sampleOperations.ts'

/** What the page's server says, in the page's own process. */
export interface PageServer {
  client: PageClient
  operations: Operations
  events: OperationsEvent[]
  detail: OperationsEventResponse | null
  salesScale: number
  signedIn: boolean
  /** Answers every read and every key with this instead. */
  failure: PageFailure | null
  /** Paths that were read, in their order. */
  reads: string[]
  keys: string[]
}

const pageSize = 25

const listEvents = (events: readonly OperationsEvent[], query: URLSearchParams): OperationsEventPage => {
  const search = query.get('search')?.toLowerCase() ?? ''
  const fitting = events.filter(({ name }) => name.toLowerCase().includes(search))
  const start = Number(query.get('cursor') ?? 0)
  const end = start + pageSize
  return {
    items: fitting.slice(start, end),
    total: fitting.length,
    nextCursor: end < fitting.length ? String(end) : null,
  }
}

const answer = (server: PageServer, path: string): unknown => {
  const [name = '', text = ''] = path.split('?')
  const query = new URLSearchParams(text)
  if (name === 'operations') return server.operations
  if (name === 'operations/events') return listEvents(server.events, query)
  if (name === 'operations/sales') return sampleSales((query.get('step') ?? 'hour') as SalesStep, server.salesScale)
  if (server.detail) return server.detail
  throw new PageFailure('not_found', 'No such event.')
}

export const createPageServer = (
  change: Partial<Omit<PageServer, 'client'>> & Pick<PageServer, 'operations'>,
): PageServer => {
  const server: PageServer = {
    events: [],
    detail: null,
    salesScale: 1,
    signedIn: true,
    failure: null,
    reads: [],
    keys: [],
    ...change,
    client: {
      async read(path) {
        server.reads.push(path)
        if (server.failure) throw server.failure
        if (!server.signedIn) throw new PageFailure('signed_out', 'Nobody is signed in here.')
        return { kind: 'changed', data: answer(server, path), etag: null }
      },
      async logIn(key) {
        server.keys.push(key)
        if (server.failure) throw server.failure
        if (!key.startsWith('vk_sec_')) throw new PageFailure('signed_out', 'This is none of the secret keys.')
        server.signedIn = true
      },
      async logOut() {
        server.signedIn = false
      },
    },
  }
  return server
}
