import type { ElementListeners, ElementProps } from '@venuekit/core/element'
import type { ClassAttributes, HTMLAttributes } from 'preact'
import type { properties, TicketsEvents } from './api.ts'
import type { VenueKitButtonElement } from './button/buttonElement.ts'
import type { VenueKitTicketsElement } from './element.ts'

type Own = ElementProps<typeof properties> & ElementListeners<TicketsEvents>
type Props<Element extends HTMLElement> = Omit<HTMLAttributes<Element> & ClassAttributes<Element>, keyof Own> & Own

/** The elements of this package as Preact takes them; importing this file makes JSX know them. */
export interface TicketsElements {
  'venuekit-tickets': Props<VenueKitTicketsElement>
  'venuekit-button': Props<VenueKitButtonElement>
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements extends TicketsElements {}
  }
}
