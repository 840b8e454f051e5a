import type { ElementDefinition } from '@venuekit/core/element'
import { properties, type TicketsEvents } from './api.ts'
import { languages } from './locales/languages.ts'
import type { Messages } from './messages.ts'
import { styles } from './styles/index.ts'
import { mountTickets } from './ticketsView.tsx'

export const definition: ElementDefinition<typeof properties, TicketsEvents, Messages> = {
  properties,
  styles,
  languages,
  mountView: mountTickets,
}
