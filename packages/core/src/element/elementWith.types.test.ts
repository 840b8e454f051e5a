import { expectTypeOf, test } from 'vitest'
import type { ElementDefinition } from './ElementDefinition.ts'
import { choice, flag, text, value } from './elementProperty.ts'
import { elementWith } from './elementWith.ts'
import type { ElementEvents } from './VenueKitElement.ts'

interface Events extends ElementEvents {
  'venuekit-purchase': { orderId: string }
}

const table = { apiUrl: text, theme: choice('auto', 'dark'), live: flag, viewer: value<{ id: string }>() }

const definition: ElementDefinition<typeof table, Events> = {
  properties: table,
  styles: [],
  mountView: host => {
    expectTypeOf(host.theme).toEqualTypeOf<'auto' | 'dark'>()
    return { update: () => {}, destroy: () => {} }
  },
}

class Probe extends elementWith(definition) {}

/** Never run: what the compiler takes and refuses is the test. */
const promises = (element: Probe) => {
  element.emit('venuekit-purchase', { orderId: 'o' })
  element.theme = 'dark'
  // @ts-expect-error a name outside the table's choice
  element.theme = 'neon'
  // @ts-expect-error a flag is a boolean
  element.live = 'false'
  // @ts-expect-error events are known by name
  element.emit('purchase', { orderId: 'o' })
  // @ts-expect-error and by their detail
  element.emit('venuekit-purchase', {})
}

test('the table types the properties, the events type what is emitted', () => {
  expectTypeOf(promises).toBeFunction()
  expectTypeOf<Probe['apiUrl']>().toEqualTypeOf<string | null>()
  expectTypeOf<Probe['viewer']>().toEqualTypeOf<{ id: string } | null>()
})
