import type { ElementView } from './ElementView.ts'
import type { ElementProperties, ElementTable } from './elementProperty.ts'
import type { Languages, Translation } from './Translation.ts'
import type { ElementEvents, VenueKitElement } from './VenueKitElement.ts'

/** An element as its inside sees it. */
export type ElementHost<Table extends ElementTable, Events extends ElementEvents> = VenueKitElement<Events> &
  ElementProperties<Table>

/** What a widget is made of. */
export interface ElementDefinition<
  Table extends ElementTable,
  Events extends ElementEvents = ElementEvents,
  Messages extends object = object,
> {
  readonly properties: Table
  /** CSS text; what the element is styled with from its first view on. */
  readonly styles: readonly string[]
  /** What it speaks besides English. */
  readonly languages?: Languages<Messages>
  /**
   * Mounts what the element shows, hidden until its words are there. `signal` aborts when the element no longer wants it.
   */
  mountView(
    host: ElementHost<Table, Events>,
    root: HTMLElement,
    translation: Translation<Messages>,
    signal: AbortSignal,
  ): ElementView | Promise<ElementView>
}
