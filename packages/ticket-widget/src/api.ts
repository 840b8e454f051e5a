import type { Money, Purchase } from '@venuekit/core/contracts'
import { choice, type ElementEvents, type ElementHost, identity, text, value } from '@venuekit/core/element'
import type { TicketClient } from './flow/flowWorld.ts'
import type { Messages } from './messages.ts'

export const tag = 'venuekit-tickets'

/** The element's properties; those that are plain text have an attribute of the same name, dashed. */
export const properties = {
  /** The host's API, such as `https://tickets.example.com`. */
  apiUrl: identity(text),
  /** `vk_pub_…` */
  publishableKey: identity(text),
  eventId: identity(text),
  /** A BCP 47 tag; else the page's language, then the browser's. */
  locale: text,
  theme: choice('auto', 'light', 'dark'),
  /** What may be kept on the device: the live order's token, drafts besides, or nothing. */
  storage: identity(choice('necessary', 'all', 'none')),
  /** Where the buyer comes back to from the payment page; this page where it is missing. */
  returnUrl: text,
  /** On the payment page, or in a frame of Stripe's on this page where the page and the host allow it. */
  payment: identity(choice('redirect', 'embedded')),
  loading: choice('eager', 'lazy'),
  /** A client of the page's own in place of the one made from `apiUrl` and `publishableKey`. */
  client: identity(value<TicketClient>()),
  /** Own words for any of the widget's texts. */
  messages: value<Partial<Messages>>(),
  /** Asked before each order where the host demands a proof: answers what the page's captcha gave. */
  getChallenge: value<() => string | Promise<string>>(),
  /** Opens the payment page in the page's own way, such as an app's browser; by default the whole window goes there. */
  navigate: value<(url: string) => void>(),
} as const

/** The events, by name, with their `detail`. All bubble and cross shadow roots. */
export interface TicketsEvents extends ElementEvents {
  'venuekit-order-created': { orderId: string; total: Money }
  'venuekit-checkout-started': { orderId: string; total: Money }
  /** At most once per order, whichever page sees it fulfilled first. */
  'venuekit-purchase': Purchase
}

/** The element as its inside sees it. */
export type TicketsHost = ElementHost<typeof properties, TicketsEvents>

/** Custom properties that the look is made of. */
export const customProperties = [
  '--vk-font-family',
  '--vk-font-size',
  '--vk-accent',
  '--vk-on-accent',
  '--vk-surface',
  '--vk-surface-sunken',
  '--vk-text',
  '--vk-text-muted',
  '--vk-border',
  '--vk-border-strong',
  '--vk-danger',
  '--vk-radius',
  '--vk-skeleton-height',
] as const
