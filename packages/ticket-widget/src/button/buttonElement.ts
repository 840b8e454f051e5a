import { elementWith } from '@venuekit/core/element'
import { buttonDefinition } from './buttonDefinition.ts'

/** `<venuekit-button>`: a button that opens an event's tickets in a dialog. */
export class VenueKitButtonElement extends elementWith(buttonDefinition) {}

declare global {
  interface HTMLElementTagNameMap {
    'venuekit-button': VenueKitButtonElement
  }
}
