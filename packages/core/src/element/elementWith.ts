import { attributeName, type ElementProperties, type ElementTable } from './elementProperty.ts'
import { type ElementEvents, VenueKitElement } from './VenueKitElement.ts'

type ElementClass<Table extends ElementTable, Events extends ElementEvents> = {
  readonly properties: Table
  readonly observedAttributes: readonly string[]
  readonly styles: readonly string[]
} & (abstract new () => VenueKitElement<Events> & ElementProperties<Table>)

/**
 * The base class of an element with these properties.
 * @example class TicketsElement extends elementWith<typeof table, TicketsEvents>(table) { … }
 */
export const elementWith = <const Table extends ElementTable, Events extends ElementEvents = ElementEvents>(
  table: Table,
): ElementClass<Table, Events> => {
  const reflected = Object.keys(table).filter(name => table[name]?.attribute)
  const observedAttributes = ['lang', 'dir', ...reflected.map(attributeName)]
  abstract class ElementWithTable extends VenueKitElement<Events> {
    static override readonly properties = table
    static override readonly observedAttributes = observedAttributes
  }
  for (const name of Object.keys(table)) {
    Object.defineProperty(ElementWithTable.prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: VenueKitElement) {
        return this.readProperty(name)
      },
      set(this: VenueKitElement, value: unknown) {
        this.writeProperty(name, value)
      },
    })
  }
  return ElementWithTable as unknown as ElementClass<Table, Events>
}
