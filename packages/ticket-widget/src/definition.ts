import type { ElementDefinition } from '@venuekit/core/element'
import { properties, type TicketsEvents } from './api.ts'
import { styles } from './styles/index.ts'
import { mountTickets } from './ticketsView.tsx'

export const definition: ElementDefinition<typeof properties, TicketsEvents> = {
  properties,
  styles,
  mountView: mountTickets,
}
