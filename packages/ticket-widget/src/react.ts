import type { ElementListeners, ElementProps } from '@venuekit/core/element'
import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { properties, TicketsEvents } from './api.ts'
import type { VenueKitButtonElement } from './button/buttonElement.ts'
import type { VenueKitTicketsElement } from './element.ts'

type Own = ElementProps<typeof properties> & ElementListeners<TicketsEvents>
type Props<Element> = Omit<DetailedHTMLProps<HTMLAttributes<Element>, Element>, keyof Own> & Own

/** The elements of this package as React 19 takes them; importing this file makes JSX know them. */
export interface TicketsElements {
  'venuekit-tickets': Props<VenueKitTicketsElement>
  'venuekit-button': Props<VenueKitButtonElement>
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends TicketsElements {}
  }
}
