import { type ElementEventMap, elementWith } from '@venuekit/core/element'
import type { FeedEvents } from './api.ts'
import { definition } from './definition.ts'

/** `<venuekit-feed>`: a venue's posts, and a place to write one. */
export class VenueKitFeedElement extends elementWith(definition) {}

declare global {
  interface HTMLElementTagNameMap {
    'venuekit-feed': VenueKitFeedElement
  }

  interface GlobalEventHandlersEventMap extends ElementEventMap<FeedEvents> {}
}
