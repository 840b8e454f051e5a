import type { ElementListeners, ElementProps } from '@venuekit/core/element'
import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { FeedEvents, properties } from './api.ts'
import type { VenueKitFeedElement } from './element.ts'

type Own = ElementProps<typeof properties> & ElementListeners<FeedEvents>
type Props<Element> = Omit<DetailedHTMLProps<HTMLAttributes<Element>, Element>, keyof Own> & Own

/** The elements of this package as React 19 takes them; importing this file makes JSX know them. */
export interface FeedElements {
  'venuekit-feed': Props<VenueKitFeedElement>
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends FeedElements {}
  }
}
