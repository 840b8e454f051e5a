import type { ElementHost } from '@venuekit/core/element'
import { properties, type TicketsEvents } from '../api.ts'

export const tag = 'venuekit-button'

/** A button has the properties of the tickets that it opens. */
export { properties }

/** The element as its inside sees it. */
export type ButtonHost = ElementHost<typeof properties, TicketsEvents>

/** Names for `::part()`; those of the tickets in the dialog are reached by the same names. */
export const buttonParts = ['button', 'dialog', 'close'] as const
