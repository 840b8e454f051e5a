import { type ElementView, elementWith } from '@venuekit/core/element'
import { type FeedEvents, properties } from './api.ts'
import { FeedView } from './feedView.tsx'
import { styles } from './styles/index.ts'

/** `<venuekit-feed>`: a venue's posts, and a place to write one. */
export class VenueKitFeedElement extends elementWith<typeof properties, FeedEvents>(properties) {
  static override readonly styles = styles

  protected override mountView(root: HTMLElement): ElementView {
    return new FeedView(this, root)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'venuekit-feed': VenueKitFeedElement
  }
}
