import type { ElementListeners, ElementProps } from '@venuekit/core/element'
import type { ClassAttributes, HTMLAttributes } from 'preact'
import type { FeedEvents, properties } from './api.ts'
import type { VenueKitFeedElement } from './element.ts'

type Own = ElementProps<typeof properties> & ElementListeners<FeedEvents>
type Props<Element extends HTMLElement> = Omit<HTMLAttributes<Element> & ClassAttributes<Element>, keyof Own> & Own

/** The elements of this package as Preact takes them; importing this file makes JSX know them. */
export interface FeedElements {
  'venuekit-feed': Props<VenueKitFeedElement>
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements extends FeedElements {}
  }
}
