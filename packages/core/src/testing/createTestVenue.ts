import { type HttpHandler, http } from 'msw/http'
import { getResponse } from 'msw/utils/get-response'
import type { Author, Post } from '../contracts/feed.ts'
import { type RouteName, routes } from '../contracts/routes.ts'
import type { VenueEvent } from '../contracts/ticketing.ts'
import { createVenueContext, type VenueContextOptions } from './createVenueContext.ts'
import type { Fault } from './Fault.ts'
import { FaultBook } from './FaultBook.ts'
import { findFeed, showPost } from './feedAnswers.ts'
import { fulfilOrder } from './fulfilOrder.ts'
import { mediaHandlers } from './mediaHandlers.ts'
import { releaseOrder } from './releaseOrder.ts'
import { removePost } from './removePost.ts'
import { routeHandler, type TestRequest } from './routeHandler.ts'
import { storePost } from './storePost.ts'
import { TestProblem } from './TestProblem.ts'
import type { StoredFeed, StoredOrder, VenueState } from './VenueState.ts'

export interface TestVenueOptions extends VenueContextOptions {
  /** Made by `newTestEvent`. */
  events?: readonly VenueEvent[]
  /** Made by `newTestFeed`. */
  feeds?: readonly StoredFeed[]
  /** How long each answer takes, in ms. */
  latencyMs?: number | ((route: RouteName) => number)
}

interface NewTestPost {
  text: string
  /** Somebody of the venue's where it is missing. */
  author?: Author
}

/** A venue in memory behind handlers for MSW. */
export interface TestVenue {
  readonly apiUrl: string
  readonly publishableKey: string
  /** For `setupServer(...venue.handlers)` and `setupWorker(...venue.handlers)`. */
  readonly handlers: HttpHandler[]
  /** Answers by the same handlers where nothing intercepts: `createVenueKit({ …, fetch: venue.fetch })`. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly state: VenueState
  /** Every request that came, oldest first. */
  readonly requests: readonly TestRequest[]
  /** Has something go wrong with the next request to the route, after the faults given before; answers how not to. */
  fault(route: RouteName, fault: Fault): () => void
  /** Somebody else posts; the live stream tells. */
  addPost(feedId: string, post: NewTestPost): Post
  /** A moderator removes the post; the live stream tells. */
  removePost(postId: string): void
  /** The buyer pays: the order is fulfilled. */
  pay(orderId: string): void
  /** The hold ends unpaid. */
  expire(orderId: string): void
  /** Ends the live streams, as a server does that restarts. */
  disconnect(): void
  /** Back to the events and feeds it began with; faults and requests are forgotten. */
  reset(): void
}

const house: Author = { id: 'venue', name: 'The venue', avatarUrl: null }

const beginning = ({ events = [], feeds = [] }: TestVenueOptions): VenueState => ({
  events: structuredClone([...events]),
  feeds: structuredClone([...feeds]),
  posts: [],
  orders: [],
  uploads: [],
  reports: [],
})

const fetchBy = (handlers: HttpHandler[]) => async (request: Request) => {
  const { signal } = request
  signal.throwIfAborted()
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  const response = await Promise.race([getResponse(handlers, request), aborted])
  if (!response || response.type === 'error') throw new TypeError('Failed to fetch')
  return response
}

/**
 * A venue in memory that answers as the contract says, for tests of an app of yours. Needs `msw`.
 * @example
 * const feed = newTestFeed()
 * const venue = createTestVenue({ feeds: [feed] })
 * const server = setupServer(...venue.handlers)
 */
export const createTestVenue = (options: TestVenueOptions = {}): TestVenue => {
  const { latencyMs = 0 } = options
  const venue = createVenueContext(options, beginning(options))
  const faults = new FaultBook()
  const requests: TestRequest[] = []
  const surroundings = {
    venue,
    faults,
    requests,
    latencyMs: typeof latencyMs === 'number' ? () => latencyMs : latencyMs,
  }
  const names = Object.keys(routes) as RouteName[]
  const noPath = () => new TestProblem('not_found', { detail: 'No such path.' }).toResponse()
  const handlers = [
    ...names.map(name => routeHandler(name, surroundings)),
    ...mediaHandlers(venue),
    http.all(`${venue.apiUrl}/*`, noPath),
  ]
  const heldOrder = (orderId: string): StoredOrder => {
    const stored = venue.state.orders.find(({ order }) => order.id === orderId && order.status === 'reserved')
    if (!stored) throw new Error(`No held order has the id ${orderId}.`)
    return stored
  }
  return {
    apiUrl: venue.apiUrl,
    publishableKey: venue.publishableKey,
    handlers,
    fetch: fetchBy(handlers),
    get state() {
      return venue.state
    },
    requests,
    fault: (route, fault) => faults.add(route, fault),
    addPost: (feedId, { text, author = house }) => {
      const { id } = findFeed(venue, feedId)
      const facts = { id: crypto.randomUUID(), feedId: id, clientId: null, author, text, media: [] }
      return showPost(storePost(venue, facts), null)
    },
    removePost: postId => {
      const post = venue.state.posts.find(({ id }) => id === postId)
      if (post) removePost(venue, post)
    },
    pay: orderId => fulfilOrder(venue, heldOrder(orderId)),
    expire: orderId => releaseOrder(venue, heldOrder(orderId), 'expired'),
    disconnect: () => venue.live.disconnect(),
    reset: () => {
      venue.state = beginning(options)
      venue.deleted.clear()
      venue.drafts.clear()
      venue.live.disconnect()
      faults.clear()
      requests.length = 0
    },
  }
}
