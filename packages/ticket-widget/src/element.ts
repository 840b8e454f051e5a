import { type ElementView, elementWith } from '@venuekit/core/element'
import { properties, type TicketsEvents } from './api.ts'
import { styles } from './styles/index.ts'
import { mountTickets } from './ticketsView.tsx'

/** `<venuekit-tickets>`: an event's tickets, from the choice to the codes for the door. */
export class VenueKitTicketsElement extends elementWith<typeof properties, TicketsEvents>(properties) {
  static override readonly styles = styles

  protected override mountView(root: HTMLElement): Promise<ElementView> {
    return mountTickets(this, root)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'venuekit-tickets': VenueKitTicketsElement
  }
}
