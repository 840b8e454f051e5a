import type { CamelListeners, ElementProps } from '@venuekit/core/element'
import type { HTMLAttributes, ReservedProps } from 'vue'
import type { FeedEvents, properties } from './api.ts'

type Own = ElementProps<typeof properties> & CamelListeners<FeedEvents>
type Props = Omit<HTMLAttributes, keyof Own> & ReservedProps & Own

/** The elements of this package as Vue takes them; importing this file makes templates and JSX know them. */
export interface FeedElements {
  'venuekit-feed': Props
}

type Components = { [Tag in keyof FeedElements]: new () => { $props: FeedElements[Tag] } }

declare module 'vue' {
  interface GlobalComponents extends Components {}
  interface IntrinsicElementAttributes extends FeedElements {}
}
