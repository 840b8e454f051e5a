import type { DeviceStore } from '@venuekit/core/element'

/** Where the token of an event's order may be kept. */
export interface OrderPlaces {
  eventId: string
  /** Outlives the tab; refuses everything where the page's storage policy or the browser says so. */
  device: DeviceStore
  /** Ends with the tab. */
  tab: DeviceStore
  address: { href(): string; replace(href: string): void }
}

export const orderKey = (eventId: string): string => `order:${eventId}`

/** A glance at the places: whether what reads orders is worth loading before the tickets show. */
export const mayHoldOrder = ({ eventId, device, tab, address }: OrderPlaces): boolean =>
  address.href().includes('venuekit-order=') || [device, tab].some(store => store.get(orderKey(eventId)) !== null)
