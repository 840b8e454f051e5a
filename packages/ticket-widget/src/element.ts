import { type ElementEventMap, elementWith } from '@venuekit/core/element'
import type { TicketsEvents } from './api.ts'
import { definition } from './definition.ts'

/** `<venuekit-tickets>`: an event's tickets, from the choice to the codes for the door. */
export class VenueKitTicketsElement extends elementWith(definition) {}

declare global {
  interface HTMLElementTagNameMap {
    'venuekit-tickets': VenueKitTicketsElement
  }

  interface GlobalEventHandlersEventMap extends ElementEventMap<TicketsEvents> {}
}
