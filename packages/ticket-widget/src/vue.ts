import type { CamelListeners, ElementProps } from '@venuekit/core/element'
import type { HTMLAttributes, ReservedProps } from 'vue'
import type { properties, TicketsEvents } from './api.ts'

type Own = ElementProps<typeof properties> & CamelListeners<TicketsEvents>
type Props = Omit<HTMLAttributes, keyof Own> & ReservedProps & Own

/** The elements of this package as Vue takes them; importing this file makes templates and JSX know them. */
export interface TicketsElements {
  'venuekit-tickets': Props
  'venuekit-button': Props
}

type Components = { [Tag in keyof TicketsElements]: new () => { $props: TicketsElements[Tag] } }

declare module 'vue' {
  interface GlobalComponents extends Components {}
  interface IntrinsicElementAttributes extends TicketsElements {}
}
