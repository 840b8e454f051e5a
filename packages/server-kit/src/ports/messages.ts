import type { Order, VenueEvent } from '@venuekit/core/contracts'
import type { OutboxMessage } from './venuekitFunctions.ts'

/** A mail, ready to go. */
export interface Mail {
  /** Stable for the message: a sink that sees it twice may drop the second. */
  id: string
  kind: Exclude<OutboxMessage['kind'], 'fulfilled'>
  to: { name: string; email: string }
  subject: string
  text: string
  html: string
  /** What it is about, for sinks that write their own text. */
  order: Order
  event: VenueEvent
  /** Null for an order of the house whose venue has no page. */
  orderUrl: string | null
}

/** Where mails go. `send` resolves only once the mail is in other hands; it throws, or takes a minute, to be tried again. */
export interface Messages {
  send(mail: Mail): Promise<void>
}
