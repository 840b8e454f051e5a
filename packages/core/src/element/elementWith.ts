import { createBody } from './createBody.ts'
import type { ElementBody, ElementStage } from './ElementBody.ts'
import type { ElementDefinition } from './ElementDefinition.ts'
import type { ElementProperties, ElementTable } from './elementProperty.ts'
import { propertyKinds } from './propertyKinds.ts'
import { shellWith } from './shellWith.ts'
import type { ElementEvents, VenueKitElement } from './VenueKitElement.ts'

/** What everybody may use of an element; how its body comes is its own affair. */
type PublicElement<Events extends ElementEvents> = HTMLElement &
  Pick<VenueKitElement<Events>, Exclude<keyof VenueKitElement<Events>, keyof HTMLElement>>

type ElementClass<Table extends ElementTable, Events extends ElementEvents> = new () => PublicElement<Events> &
  ElementProperties<Table>

/**
 * The class of an element that comes with its code.
 * @example class TicketsElement extends elementWith(definition) {}
 */
export const elementWith = <Table extends ElementTable, Events extends ElementEvents, Messages extends object>(
  definition: ElementDefinition<Table, Events, Messages>,
): ElementClass<Table, Events> => {
  const bodyOf = createBody(definition)
  class ElementWithBody extends shellWith(propertyKinds(definition.properties)) {
    protected override loadBody(stage: ElementStage): ElementBody {
      return bodyOf(this, stage)
    }
  }
  return ElementWithBody as unknown as ElementClass<Table, Events>
}
