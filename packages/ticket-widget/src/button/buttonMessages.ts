import type { Message } from '@venuekit/core/element'

/** The button's texts, in English. */
export const buttonEnglish = {
  openTickets: 'Tickets',
  closeTickets: 'Close',
} as const satisfies Record<string, Message>
