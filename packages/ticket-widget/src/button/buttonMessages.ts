import type { Message } from '../message.ts'

/** The button's texts, in English. */
export const buttonEnglish = {
  openTickets: 'Tickets',
  closeTickets: 'Close',
} as const satisfies Record<string, Message>
