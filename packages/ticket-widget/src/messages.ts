import type { Message } from '@venuekit/core/element'
import type { buttonEnglish } from './button/buttonMessages.ts'
import type { checkoutEnglish } from './checkout/checkoutMessages.ts'

/** The texts of the choice, in English; the rest are in `checkoutEnglish`. */
export const english = {
  loading: 'Loading tickets…',
  tickets: 'Tickets',
  free: 'Free',
  total: 'Total',
  quantityOf: 'Quantity, {tier}',
  addOne: 'Add one {tier}',
  removeOne: 'Remove one {tier}',
  ticketCount: { one: '{count} ticket', other: '{count} tickets' },
  maximum: 'Up to {count} per order',
  soldOut: 'Sold out',
  lastPlaces: { one: 'Last one', other: 'Only {count} left' },
  salesStart: 'On sale {date}',
  salesNotStarted: 'Not on sale yet',
  salesEnded: 'Sales ended',
  unavailable: 'Not available',
  eventPaused: 'Ticket sales are paused for the moment. Please look in again later.',
  eventCancelled: 'This event has been cancelled. Anyone holding a ticket is written to directly.',
  eventSoldOut: 'Every ticket for this event has been sold.',
  noTiers: 'There are no tickets to be had online for this event.',
  chooseFirst: 'Choose your tickets',
  pay: 'Continue to payment · {total}',
  getTickets: { one: 'Get ticket', other: 'Get tickets' },
  payNote: 'You pay on a secure page and come straight back.',
  boughtAlready: 'Bought already? Get your tickets again',
  reserving: 'Holding your tickets…',
  retry: 'Try again',
  unknownEventTitle: 'These tickets cannot be found',
  unknownEventText: 'The event may have moved or ended. Please ask the venue.',
  setupTitle: 'Tickets are not available on this page',
  setupText: 'Something is not set up right yet. Please tell the venue.',
  loadTitle: 'The tickets did not load',
  loadText: 'Please check your connection and try again.',
} as const satisfies Record<string, Message>

export type MessageName = keyof typeof english | keyof typeof checkoutEnglish | keyof typeof buttonEnglish

/** Every text of the widget. A page may override any of them by the `messages` property. */
export type Messages = { readonly [Name in MessageName]: Message }
