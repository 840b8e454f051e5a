import type { VenueKitClient } from '@venuekit/core'
import type { Order, Purchase } from '@venuekit/core/contracts'
import type { OrderMemory } from '../checkout/orderMemory.ts'
import type { FlowEvent } from './flowEvent.ts'

/** The calls of core's client that selling takes. */
export type TicketClient = Pick<
  VenueKitClient,
  'getEvent' | 'live' | 'createOrder' | 'syncOrder' | 'resumeCheckout' | 'extendOrder' | 'cancelOrder' | 'resendTickets'
>

/** All that the flow does to the world, so that a test can stand in for it. */
export interface FlowWorld {
  client: TicketClient
  eventId: string
  /** Null until the rules that need it are loaded. */
  memory: OrderMemory | null
  /** Where the gateway sends the buyer back to. */
  returnUrl(): string
  locale(): string
  /** The page's address when the widget came, for the campaign that brought the buyer. */
  pageUrl: string
  /** What the page's captcha gave for the order to come; null where the page has none. */
  challenge(): string | Promise<string> | null
  /** Leaves the page for the gateway's in the page's own way; null where it has none. */
  navigate: ((url: string) => void) | null
  /** The element in which the buyer may pay without leaving the page; null where the page wants no such thing. */
  embedIn: HTMLElement | null
  now(): number
  /** Calls back after so many milliseconds; answers how to call it off. */
  after(milliseconds: number, call: () => void): () => void
  tell: FlowListeners
}

/** What the page is told, each once per happening. */
export interface FlowListeners {
  orderCreated(order: Order): void
  checkoutStarted(order: Order): void
  purchased(purchase: Purchase): void
  failed(error: unknown): void
}

/** What a state's work may use. `signal` aborts when the state is left. */
export interface WorkContext {
  world: FlowWorld
  signal: AbortSignal
  /** Does nothing once the state is left. */
  dispatch(event: FlowEvent): void
}
