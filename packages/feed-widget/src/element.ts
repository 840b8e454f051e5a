import { elementWith } from '@venuekit/core/element'
import { definition } from './definition.ts'

/** `<venuekit-feed>`: a venue's posts, and a place to write one. */
export class VenueKitFeedElement extends elementWith(definition) {}

declare global {
  interface HTMLElementTagNameMap {
    'venuekit-feed': VenueKitFeedElement
  }
}
